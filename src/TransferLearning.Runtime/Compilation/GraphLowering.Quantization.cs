using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Elementwise;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pointwise;

namespace TransferLearning.Runtime.Compilation;

/// <content>Quantization.</content>
internal sealed partial class GraphLowering
{
    /// <summary>Lowers a quantization with the dequantizations that read it to one step, which rounds float32 values.</summary>
    private bool LowerQuantization(Node node)
    {
        if (_quantizations.Of(node) is not { } pattern)
        {
            return false;
        }

        Value input = Computed(node.Inputs[0]);
        string output = pattern.Readers[0].Output;
        FeatureMapLayout layout = LayoutOf(TypeOf(output)) with { PixelStride = input.Layout.PixelStride };
        Value rounded = Define(output, layout);
        _steps.Add(new ElementFunctionStep(node, ElementFunction.Of(pattern.Rounding), input, rounded));
        _fused.UnionWith(pattern.Readers);
        foreach (Node reader in pattern.Readers.Skip(1))
        {
            Alias(reader.Output, rounded);
        }

        return true;
    }
}
