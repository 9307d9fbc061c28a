namespace TransferLearning.Strategies;

/// <summary>What a division into parts or folds does with near-copies of one picture.</summary>
public enum NearCopyHandling
{
    /// <summary>They stay on one side: a model that has learned from a picture knows its near-copies. The default.</summary>
    KeepTogether,

    /// <summary>They are not looked for. Images with the same bytes stay on one side all the same.</summary>
    Ignore,
}
