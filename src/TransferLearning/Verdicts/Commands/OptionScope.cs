namespace TransferLearning.Verdicts.Commands;

/// <summary>Which verbs of the command take an option.</summary>
internal enum OptionScope
{
    /// <summary>That of the command line alone, and verbs that train in the same way.</summary>
    Verb,

    /// <summary>All that train on the features of a network.</summary>
    Network,

    /// <summary>All that read data.</summary>
    Data,
}
