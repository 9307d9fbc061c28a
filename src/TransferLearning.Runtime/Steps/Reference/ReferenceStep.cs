using System.Collections.Immutable;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Steps.Reference;

/// <summary>
/// A node that runs by its operator's reference computation, as no kernel suits it. Maps are copied to NCHW tensors and back; other values
/// are read and written in place. Where several threads run one image together, they share the loops of the computation.
/// </summary>
internal sealed unsafe class ReferenceStep(
    Node node, Operator definition, int opset, IReadOnlyList<ReferenceOperand?> operands, IReadOnlyList<ReferenceResult> results)
    : Step(results[0].Value, [.. operands.Where(static o => o?.Value is not null).Select(static o => o!.Value!)])
{
    public override string Description => $"{node.OperatorName} '{node.DisplayName}' (no kernel)";

    public override IReadOnlyList<Value> SideOutputs { get; } = [.. results.Skip(1).Select(static r => r.Value)];

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, division: null);

    public override void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        if (workspace.Team is { } team)
        {
            team.Share(part, division => Run(workspace, division));
        }
        else if (part == 0)
        {
            Run(workspace, division: null);
        }
    }

    private void Run(Workspace workspace, IWorkDivision? division)
    {
        // An output in place may use the memory of an input that ends here: values that are alive in one step never share memory.
        Dictionary<int, TensorBuffer> places = [];
        foreach (ReferenceResult result in results.Where(static r => !RowMajorValues.IsMap(r.Type)))
        {
            places.Add(result.Index, RowMajorValues.InPlace(result.Type, workspace.Origins[result.Value.Index]));
        }

        using var memory = new ReferenceMemory(places);
        ImmutableArray<Operand?> inputs =
        [
            .. operands.Select(o => o is null ? null : new Operand(o.Type, o.Constant ?? Read(workspace, o, memory, division))),
        ];
        var call = new OperatorCall(node, opset, inputs) { Memory = memory, Division = division };
        Tensor[] outputs = NetworkFault.Catch(node, opset, () => definition.Evaluate(call));
        foreach (ReferenceResult result in results)
        {
            Write(workspace, result, outputs[result.Index], places.GetValueOrDefault(result.Index), division);
        }
    }

    private static Tensor Read(Workspace workspace, ReferenceOperand operand, ReferenceMemory memory, IWorkDivision? division)
    {
        float* origin = workspace.Origins[operand.Value!.Index];
        if (!RowMajorValues.IsMap(operand.Type))
        {
            return RowMajorValues.InPlace(operand.Type, origin).ToTensor(operand.Type.Shape);
        }

        FeatureMapLayout layout = operand.Value.Layout;
        TensorBuffer<float> values = memory.Temporary<float>(operand.Type.Shape.Length);
        WorkLoop.For(
            division,
            layout.Height,
            (long)layout.Width * layout.Channels,
            (from, to) => MapCopy.ToNchw(layout, workspace.Origins[operand.Value.Index], values.Span, from, to));
        return values.ToTensor(operand.Type.Shape);
    }

    private static void Write(
        Workspace workspace, ReferenceResult result, Tensor tensor, TensorBuffer? place, IWorkDivision? division)
    {
        if (place is not null)
        {
            if (!tensor.IsIn(place))
            {
                tensor.Bytes.CopyTo(place.Bytes);
            }

            return;
        }

        FeatureMapLayout layout = result.Value.Layout;
        layout.ClearBorder(workspace.Origins[result.Value.Index], 0, layout.Height);
        WorkLoop.For(
            division,
            layout.Height,
            (long)layout.Width * layout.Channels,
            (from, to) => MapCopy.FromNchw(layout, tensor.Floats, workspace.Origins[result.Value.Index], from, to));
    }
}
