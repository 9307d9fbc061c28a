using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>
/// Returns its input unchanged, and an optional mask of all true: elements are dropped in training only. A node set to training (by its
/// third input, operator set 12 on) is supported with a ratio of 0 and refused with any other: the elements that it drops are random, so
/// there is no right result.
/// </summary>
internal sealed class DropoutOperator() : Operator("Dropout", 1, 3, "ratio", "seed")
{
    private const float DefaultRatio = 0.5f;

    /// <summary>Whether a node drops nothing, whatever the graph's inputs are.</summary>
    /// <param name="node">A Dropout node.</param>
    /// <param name="constant">The value of an input, by its name; null where it is not known.</param>
    public static bool DropsNothing(Node node, Func<string, Tensor?> constant)
    {
        return node.InputOrNull(2) is not { } training || IsZero(training) || (node.InputOrNull(1) is { } ratio && IsZero(ratio));

        bool IsZero(string input) => constant(input)?.ToDoubles() is [0];
    }

    /// <summary>The share of the elements that a node drops in training; null where it is not known.</summary>
    /// <param name="node">A Dropout node.</param>
    /// <param name="constant">The value of an input, by its name; null where it is not known.</param>
    public static double? RatioOf(Node node, Func<string, Tensor?> constant) => node.InputOrNull(1) is { } input
        ? constant(input)?.ToDoubles() is [var ratio] ? ratio : null
        : node.Attributes.Float("ratio", DefaultRatio);

    public override ImmutableArray<TensorType> InferTypes(OperatorCall call)
    {
        bool isTraining = call.KnownValue(2)?.ToDoubles() is [not 0];
        double? ratio = !call.Has(1) ? DefaultRatio : call.KnownValue(1)?.ToDoubles() is [var given] ? given : null;
        if (isTraining && ratio is { } known && known != 0)
        {
            throw call.Error("it is set to training and drops elements at random, which is not supported; export the model for inference");
        }

        TensorType[] all = [call.Type(0), call.Type(0) with { Element = ElementType.Boolean }];
        return [.. all.Take(call.Node.Outputs.Length)];
    }

    public override Tensor[] Evaluate(OperatorCall call)
    {
        Tensor input = call.Value(0);
        return InferTypes(call).Length > 1
            ? [input, Tensor.Create(input.Shape, Enumerable.Repeat(true, input.Length).ToArray())]
            : [input];
    }
}
