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

    public override IEnumerable<TrainingPhase> Forward => [TrainingPhase.PerImage(Name, Compute)];

    public override IEnumerable<TrainingPhase> Backward => [TrainingPhase.PerImage($"{Name}: gradients", Differentiate)];

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
        ForEachPixel((y, x) => Elementwise.Binary(
            BinaryOperation.Multiply,
            At(map, y, x),
            FactorAt(factor, y, x),
            At(new MapView(Output.ImageAt(image), Output.Layout), y, x),
            Stride,
            float.NegativeInfinity,
            float.PositiveInfinity));
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        (MapView map, MapView factor) = Load(image, workspace);
        var gradient = new MapView(Output.GradientAt(image), Output.GradientLayout);
        var mapGradient = new MapView(Map.GradientAt(image), Map.GradientLayout);
        var factorGradient = new MapView(Factor.GradientAt(image), Factor.GradientLayout);
        if (Map.NeedsGradient)
        {
            Products(gradient, factor, mapGradient, Adds(0), factorIsGate: IsGate, targetIsGate: false);
        }

        if (Factor.NeedsGradient)
        {
            Products(gradient, map, factorGradient, Adds(1), factorIsGate: false, targetIsGate: IsGate);
        }
    }

    /// <summary>target = gradient * factor, summed over the pixels where the target is a vector.</summary>
    private void Products(MapView gradient, MapView factor, MapView target, bool adds, bool factorIsGate, bool targetIsGate)
    {
        if (!adds)
        {
            new Span<float>(target.Origin, target.Layout.Length).Clear();
        }

        ForEachPixel((y, x) => Elementwise.AddProduct(
            At(gradient, y, x),
            factorIsGate ? factor.Origin : At(factor, y, x),
            targetIsGate ? target.Origin : At(target, y, x),
            Stride));
    }

    private float* FactorAt(MapView factor, int y, int x) => IsGate ? factor.Origin : At(factor, y, x);

    private static float* At(MapView map, int y, int x) =>
        map.Origin + ((nint)y * map.Layout.RowStride) + ((nint)x * map.Layout.PixelStride);

    private void ForEachPixel(Action<int, int> action)
    {
        for (int y = 0; y < Output.Layout.Height; y++)
        {
            for (int x = 0; x < Output.Layout.Width; x++)
            {
                action(y, x);
            }
        }
    }
}
