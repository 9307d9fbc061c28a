namespace TransferLearning.Peers.OnnxRuntimeService;

/// <summary>A class with its probability.</summary>
internal sealed record ScoredClass(string Label, float Probability);
