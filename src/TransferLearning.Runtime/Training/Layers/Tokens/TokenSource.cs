using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers.Tokens;

/// <summary>What elements are copied from: a map, in the order in which it is stored, or constants. Immutable.</summary>
internal sealed class TokenSource
{
    public TokenSource(BatchMap map) => (Map, Length) = (map, map.Pixels * map.Layout.Channels);

    public TokenSource(float[] constants) => (Constants, Length) = (constants, constants.Length);

    /// <summary>The map; null for constants.</summary>
    public BatchMap? Map { get; }

    /// <summary>The constants; empty for a map.</summary>
    public float[] Constants { get; } = [];

    /// <summary>The number of elements.</summary>
    public int Length { get; }
}
