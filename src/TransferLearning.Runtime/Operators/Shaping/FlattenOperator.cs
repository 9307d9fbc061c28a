using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Makes a matrix: the axes before the given one (1 by default) become its rows, the others its columns.</summary>
internal sealed class FlattenOperator() : ReshapingOperator("Flatten", 1, 1, "axis")
{
    protected override Shape OutputShape(OperatorCall call, Shape input)
    {
        // Unlike for other operators, the axis may equal the rank: every row then has one element.
        long given = call.Attributes.Integer("axis", 1);
        int axis = given == input.Rank ? input.Rank : call.Axis(given, input.Rank);
        return new Shape(new Shape(input.Dimensions[..axis]).Length, new Shape(input.Dimensions[axis..]).Length);
    }
}
