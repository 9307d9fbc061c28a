namespace TransferLearning.Peers.OnnxRuntimeService;

/// <summary>What the service answers for an image.</summary>
internal sealed record PhotoAnswer(string Label, float Probability, IReadOnlyList<ScoredClass> Top);
