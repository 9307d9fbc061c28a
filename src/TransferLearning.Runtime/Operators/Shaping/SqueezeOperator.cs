using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Removes axes of extent 1: those given in an attribute (before operator set 13) or input, or all.</summary>
internal sealed class SqueezeOperator() : ReshapingOperator("Squeeze", 1, 2, "axes")
{
    protected override Shape OutputShape(OperatorCall call, Shape input)
    {
        var axes = call.Integers("axes", 1)?.Select(a => call.Axis(a, input.Rank)).ToHashSet();
        List<int> extents = [];
        for (int axis = 0; axis < input.Rank; axis++)
        {
            if (axes is null ? input[axis] != 1 : !axes.Contains(axis))
            {
                extents.Add(input[axis]);
            }
        }

        return new Shape([.. extents]);
    }
}
