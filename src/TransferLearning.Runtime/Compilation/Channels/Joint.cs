using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation.Channels;

/// <summary>
/// A concatenation of maps along the channels, and those of its first inputs that other nodes compute: the growing concatenations of a
/// dense block are one joint, as each is the beginning of the last. Steps write inputs to their places where they can; what is left is
/// copied once. Not thread-safe.
/// </summary>
internal sealed class Joint(Node concatenation, int[] places)
{
    private readonly HashSet<int> _filled = [];

    /// <summary>The longest concatenation.</summary>
    public Node Concatenation => concatenation;

    /// <summary>The first channel of each input, and at the end the number of channels, in the value's memory.</summary>
    public int[] Places => places;

    /// <summary>Whether inputs begin with whole vectors although their channels do not fill these.</summary>
    public bool IsPadded { get; init; }

    /// <summary>Whether other concatenations are the beginning of this one.</summary>
    public bool HasPrefixes { get; set; }

    /// <summary>The value of the concatenation, once it is defined.</summary>
    public Value? Whole { get; set; }

    /// <summary>Whether a concatenation joins the first inputs of this one, or all of them.</summary>
    public bool StartsWith(Node other) =>
        other.Inputs.Length <= concatenation.Inputs.Length && concatenation.Inputs.Take(other.Inputs.Length).SequenceEqual(other.Inputs);

    /// <summary>Notes that an input is in its place; false where it was before.</summary>
    public bool Fill(int input) => _filled.Add(input);
}
