namespace TransferLearning.MLNet.Scoring;

/// <summary>What the network in a saved ML.NET model gives. Saved models contain these names: do not change them.</summary>
internal enum SavedKind
{
    /// <summary>The probability of each class.</summary>
    Scores,

    /// <summary>Features.</summary>
    Features,
}
