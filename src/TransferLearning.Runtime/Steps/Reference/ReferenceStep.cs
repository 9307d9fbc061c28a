using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Reference;

/// <summary>
/// A node that runs by its operator's reference computation, as no kernel suits it: correct for every shape, but slow, and it allocates.
/// Maps are copied to NCHW tensors and back.
/// </summary>
internal sealed unsafe class ReferenceStep(
    Node node, Operator definition, int opset, IReadOnlyList<ReferenceOperand?> operands, int outputIndex, Value output, Shape outputShape)
    : Step(output, [.. operands.Where(static o => o?.Value is not null).Select(static o => o!.Value!)])
{
    public override string Description => $"{node.OperatorName} '{node.DisplayName}' (no kernel)";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override void RunRows(Workspace workspace, int from, int to)
    {
        ImmutableArray<Operand?> inputs =
            [.. operands.Select(o => o is null ? null : new Operand(o.Type, o.Constant ?? Read(workspace, o)))];
        Tensor result = NetworkFault.Catch(node, opset, () => definition.Evaluate(new OperatorCall(node, opset, inputs)))[outputIndex];
        float* target = workspace.Origins[Output.Index];
        FeatureMapLayout layout = Output.Layout;
        if (outputShape.Rank == 4 && outputShape[0] == 1)
        {
            MapCopy.FromNchw(layout, result.Floats, target);
        }
        else
        {
            result.Floats.CopyTo(new Span<float>(target, layout.Channels));
        }
    }

    private static Tensor Read(Workspace workspace, ReferenceOperand operand)
    {
        FeatureMapLayout layout = operand.Value!.Layout;
        float* origin = workspace.Origins[operand.Value.Index];
        float[] values = new float[operand.Type.Shape.Length];
        if (operand.Type.Shape.Rank == 4 && operand.Type.Shape[0] == 1)
        {
            MapCopy.ToNchw(layout, origin, values);
        }
        else
        {
            new ReadOnlySpan<float>(origin, values.Length).CopyTo(values);
        }

        return Tensor.Create(operand.Type.Shape, values);
    }
}
