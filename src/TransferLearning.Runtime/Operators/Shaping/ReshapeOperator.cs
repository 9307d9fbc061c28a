using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>
/// Gives its first input the shape in its second, where 0 stands for the input's own extent (unless allowzero is set) and -1 for the
/// extent that fits the number of elements.
/// </summary>
internal sealed class ReshapeOperator() : ReshapingOperator("Reshape", 2, 2, "allowzero")
{
    protected override Shape OutputShape(OperatorCall call, Shape input)
    {
        long[] wanted = call.ToIntegers(call.Value(1));
        bool allowZero = call.Attributes.Integer("allowzero", 0) != 0;
        int[] extents = new int[wanted.Length];
        int free = -1;
        for (int i = 0; i < wanted.Length; i++)
        {
            bool isSecondFree = wanted[i] == -1 && free >= 0;
            bool copiesNothing = wanted[i] == 0 && !allowZero && i >= input.Rank;
            if (wanted[i] is < -1 or > int.MaxValue || isSecondFree || copiesNothing)
            {
                throw call.Error($"its input {input} cannot take the shape [{string.Join(',', wanted)}]");
            }

            if (wanted[i] == -1)
            {
                (extents[i], free) = (1, i);
            }
            else
            {
                extents[i] = wanted[i] == 0 && !allowZero ? input[i] : (int)wanted[i];
            }
        }

        if (free >= 0)
        {
            extents[free] = input.Length / Math.Max(1, new Shape(extents).Length);
        }

        return new Shape(extents);
    }
}
