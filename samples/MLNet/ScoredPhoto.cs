namespace TransferLearning.Samples;

/// <summary>What the pipeline adds to a row.</summary>
internal sealed class ScoredPhoto
{
    /// <summary>The most probable class.</summary>
    public string PredictedLabel { get; set; } = "";

    /// <summary>A probability for each class.</summary>
    public float[] Score { get; set; } = [];
}
