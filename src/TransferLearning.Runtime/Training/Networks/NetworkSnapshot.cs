using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Networks;

/// <summary>
/// The parameters and the running statistics of a network at one moment, in the order of the graph, whatever the processor. Immutable.
/// </summary>
internal sealed class NetworkSnapshot
{
    private NetworkSnapshot(IReadOnlyList<float[]> values) => Values = values;

    /// <summary>The values of each parameter, then of each running statistic.</summary>
    public IReadOnlyList<float[]> Values { get; }

    /// <summary>Whether no value is NaN or infinite.</summary>
    public bool IsFinite => Values.All(a => a.All(float.IsFinite));

    /// <summary>Copies what a network has now.</summary>
    public static NetworkSnapshot Of(TrainableNetwork network) => new(
    [
        .. network.Parameters.Parameters.Select(p => p.ToTensor().Floats.ToArray()),
        .. network.Statistics.Select(s => s.ToArray()),
    ]);

    /// <summary>Takes values that were read from a file.</summary>
    /// <param name="network">The network that they are of.</param>
    /// <param name="read">Reads an array of a length.</param>
    public static NetworkSnapshot Read(TrainableNetwork network, Func<int, float[]> read) => new(
    [
        .. network.Parameters.Parameters.Select(p => read(p.Count)),
        .. network.Statistics.Select(s => read(s.Length)),
    ]);

    /// <summary>Sets a network to the values.</summary>
    /// <param name="network">The network, or another made from the same graph.</param>
    public unsafe void Restore(TrainableNetwork network)
    {
        int next = 0;
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            parameter.Load(Values[next++], parameter.Values);
        }

        foreach (float[] statistics in network.Statistics)
        {
            Values[next++].CopyTo(statistics.AsSpan());
        }
    }
}
