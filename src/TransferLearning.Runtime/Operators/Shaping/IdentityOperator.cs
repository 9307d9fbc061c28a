using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Returns its input unchanged.</summary>
internal sealed class IdentityOperator() : ReshapingOperator("Identity", 1, 1)
{
    protected override Shape OutputShape(OperatorCall call, Shape input) => input;
}
