using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Operators.Shaping;

/// <summary>Inserts axes of extent 1, given in an attribute (before operator set 13) or input, as axes of the output.</summary>
internal sealed class UnsqueezeOperator() : ReshapingOperator("Unsqueeze", 1, 2, "axes")
{
    protected override Shape OutputShape(OperatorCall call, Shape input)
    {
        long[] given = call.Integers("axes", 1) ?? throw call.Error("it has no axes");
        int rank = input.Rank + given.Length;
        var axes = given.Select(a => call.Axis(a, rank)).ToHashSet();
        if (axes.Count != given.Length)
        {
            throw call.Error($"its axes [{string.Join(',', given)}] repeat");
        }

        var rest = new Queue<int>(input.Dimensions.ToArray());
        return new Shape([.. Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : rest.Dequeue())]);
    }
}
