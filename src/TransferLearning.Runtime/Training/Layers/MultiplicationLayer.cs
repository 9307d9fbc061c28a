using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// The product of a map and another of the same size, or a vector that multiplies each of its pixels: squeeze and excite (Hu, Shen and Sun,
/// 2018).
/// </summary>
internal sealed unsafe class MultiplicationLayer(string name, BatchMap map, BatchMap factor, BatchMap output)
    : TrainingLayer(name, output, map, factor)
{
    public override long ScratchLength => (long)Map.GradientLayout.Length + Factor.GradientLayout.Length + Stride;

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward => [BackwardByImages(Differentiate)];

    private BatchMap Map => Inputs[0];

    private BatchMap Factor => Inputs[1];

    private int Stride => Output.Layout.PixelStride;

    private bool IsGate => Factor.Layout.IsVector && !Map.Layout.IsVector;

    private (MapView Map, MapView Factor) Load(int image, TrainingWorkspace workspace) => (
        MapReader.Load(Map, image, 1, Map.GradientLayout, workspace.Scratch),
        MapReader.Load(Factor, image, 1, Factor.GradientLayout, workspace.Scratch + Map.GradientLayout.Length));

    private void Compute(int image, TrainingWorkspace workspace)
    {
        (MapView map, MapView factor) = Load(image, workspace);
        var product = new MapView(Output.ImageAt(image), Output.Layout);
        for (int p = 0; p < Output.Pixels; p++)
        {
            Elementwise.Binary(
                BinaryOperation.Multiply,
                map.PixelAt(p),
                factor.PixelAt(IsGate ? 0 : p),
                product.PixelAt(p),
                Stride,
                float.NegativeInfinity,
                float.PositiveInfinity);
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        (MapView map, MapView factor) = Load(image, workspace);
        var gradient = new MapView(Output.GradientAt(image), Output.GradientLayout);
        if (Map.NeedsGradient)
        {
            var target = new MapView(Map.GradientAt(image), Map.GradientLayout);
            Products(gradient, factor, IsGate, target, targetIsVector: false, Adds(0));
        }

        if (Factor.NeedsGradient)
        {
            var target = new MapView(Factor.GradientAt(image), Factor.GradientLayout);
            Products(gradient, map, factorIsVector: false, target, IsGate, Adds(1));
        }
    }

    /// <summary>target = gradient * factor, summed over the pixels where the target is a vector.</summary>
    private void Products(MapView gradient, MapView factor, bool factorIsVector, MapView target, bool targetIsVector, bool adds)
    {
        if (!adds)
        {
            new Span<float>(target.Origin, target.Layout.Length).Clear();
        }

        for (int p = 0; p < Output.Pixels; p++)
        {
            Elementwise.AddProduct(
                gradient.PixelAt(p), factor.PixelAt(factorIsVector ? 0 : p), target.PixelAt(targetIsVector ? 0 : p), Stride);
        }
    }
}
