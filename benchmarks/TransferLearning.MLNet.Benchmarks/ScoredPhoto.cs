namespace TransferLearning.MLNet.Benchmarks;

/// <summary>What a pipeline adds to a row.</summary>
internal sealed class ScoredPhoto
{
    public float[] Score { get; set; } = [];
}
