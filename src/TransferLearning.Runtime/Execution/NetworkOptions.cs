namespace TransferLearning.Runtime.Execution;

/// <summary>How a graph is compiled into a <see cref="CompiledNetwork"/>.</summary>
internal sealed record NetworkOptions
{
    /// <summary>The value (graph output or any inner value) to compute; null for the graph's first output.</summary>
    public string? OutputName { get; init; }

    /// <summary>The input's height in pixels; null for the graph's own.</summary>
    public int? Height { get; init; }

    /// <summary>The input's width in pixels; null for the graph's own.</summary>
    public int? Width { get; init; }

    /// <summary>The number of threads that <see cref="CompiledNetwork.Run"/> uses; 0 for one per processor.</summary>
    public int Threads { get; init; }
}
