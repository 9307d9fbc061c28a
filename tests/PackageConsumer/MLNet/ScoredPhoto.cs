namespace MLNetConsumer;

/// <summary>What the pipeline adds to a row.</summary>
internal sealed class ScoredPhoto
{
    public string PredictedLabel { get; set; } = "";
}
