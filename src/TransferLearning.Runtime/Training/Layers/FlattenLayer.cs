using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>A map as a vector of its elements, in the order of ONNX: channels, rows, columns.</summary>
internal sealed unsafe class FlattenLayer(string name, BatchMap input, BatchMap output) : TrainingLayer(name, output, input)
{
    public override long ScratchLength => Inputs[0].GradientLayout.Length;

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward =>
        Inputs[0].NeedsGradient ? [BackwardByImages(Differentiate)] : [];

    private void Compute(int image, TrainingWorkspace workspace)
    {
        MapView map = MapReader.Load(Inputs[0], image, 1, Inputs[0].GradientLayout, workspace.Scratch);
        float* vector = Output.ImageAt(image);
        for (int c = 0; c < map.Layout.Channels; c++)
        {
            for (int p = 0; p < Inputs[0].Pixels; p++, vector++)
            {
                *vector = map.PixelAt(p)[c];
            }
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        var map = new MapView(Inputs[0].GradientAt(image), Inputs[0].GradientLayout);
        float* vector = Output.GradientAt(image);
        if (!Adds(0))
        {
            new Span<float>(map.Origin, map.Layout.Length).Clear();
        }

        for (int c = 0; c < map.Layout.Channels; c++)
        {
            for (int p = 0; p < Inputs[0].Pixels; p++, vector++)
            {
                map.PixelAt(p)[c] += *vector;
            }
        }
    }
}
