using System.Numerics;
using System.Runtime.InteropServices;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Graphs;

/// <summary>Checks that each value of a graph is defined once, before it is used, and that weights are numbers.</summary>
internal static class GraphValidation
{
    /// <summary>Checks that no weight is NaN: activations such as Relu would hide it, and outputs would be wrong without notice.</summary>
    /// <exception cref="InvalidNetworkException">A weight is NaN.</exception>
    public static void CheckNumbers(Graph graph)
    {
        foreach ((string name, Tensor tensor) in graph.Initializers)
        {
            if (tensor.Type == ElementType.Float32 && HasNaN(tensor.Floats))
            {
                throw new InvalidNetworkException(
                    $"the weights '{name}' have values that are no numbers (NaN): the file is damaged, or its training failed; "
                    + "get it again");
            }
        }
    }

    /// <exception cref="InvalidNetworkException">A value is missing, defined twice, or used before it is defined.</exception>
    public static void Check(Graph graph)
    {
        var defined = new HashSet<string>(graph.Initializers.Keys, StringComparer.Ordinal);
        foreach (ValueInfo input in graph.Inputs)
        {
            if (!defined.Add(input.Name))
            {
                throw new InvalidNetworkException($"the input '{input.Name}' is declared twice");
            }
        }

        foreach (Node node in graph.Nodes)
        {
            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !defined.Contains(input))
                {
                    throw new InvalidNetworkException(
                        $"the node '{node.DisplayName}' ({node.OperatorName}) uses the value '{input}', which no earlier node computes");
                }
            }

            foreach (string output in node.Outputs)
            {
                if (output.Length > 0 && !defined.Add(output))
                {
                    throw new InvalidNetworkException($"the value '{output}' is computed twice, the second time by '{node.DisplayName}'");
                }
            }
        }

        foreach (ValueInfo output in graph.Outputs)
        {
            if (!defined.Contains(output.Name))
            {
                throw new InvalidNetworkException($"no node computes the output '{output.Name}'");
            }
        }
    }

    // Only NaN is not equal to itself.
    private static bool HasNaN(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (Vector<float> vector in vectors)
        {
            if (!Vector.EqualsAll(vector, vector))
            {
                return true;
            }
        }

        return values[(vectors.Length * Vector<float>.Count)..].ContainsAnyExceptInRange(float.NegativeInfinity, float.PositiveInfinity);
    }
}
