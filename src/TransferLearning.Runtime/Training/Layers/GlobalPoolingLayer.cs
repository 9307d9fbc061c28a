using TransferLearning.Runtime.Kernels;
using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>The average of all pixels of a map.</summary>
internal sealed unsafe class GlobalPoolingLayer(string name, BatchMap input, BatchMap output) : TrainingLayer(name, output, input)
{
    // The sums are in double precision, two floats each.
    public override long ScratchLength => Math.Max(Inputs[0].GradientLayout.Length, Stride) + (2L * Stride);

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
        Inputs[0].NeedsGradient ? [BackwardByImages(Differentiate)] : [];

    private int Stride => Inputs[0].GradientLayout.PixelStride;

    private void Compute(int image, TrainingWorkspace workspace)
    {
        double* sums = (double*)workspace.Scratch;
        new Span<double>(sums, Stride).Clear();
        MapView input = MapReader.Load(Inputs[0], image, 1, Inputs[0].GradientLayout, workspace.Scratch + (2 * Stride));
        for (int y = 0; y < input.Layout.Height; y++)
        {
            DoubleSums.AddRow(input.Origin + ((nint)y * input.Layout.RowStride), input.Layout.Width, Stride, sums);
        }

        float* target = Output.ImageAt(image);
        for (int c = 0; c < Output.Layout.Channels; c++)
        {
            target[c] = (float)(sums[c] / Inputs[0].Pixels);
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        float* scaled = workspace.Scratch;
        new ReadOnlySpan<float>(Output.GradientAt(image), Stride).CopyTo(new Span<float>(scaled, Stride));
        Elementwise.Scale(scaled, Stride, 1f / Inputs[0].Pixels);
        float* target = Inputs[0].GradientAt(image);
        for (int p = 0; p < Inputs[0].Pixels; p++, target += Stride)
        {
            Accumulation.Write(scaled, target, Stride, Adds(0));
        }
    }
}
