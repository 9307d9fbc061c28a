using TransferLearning.Runtime.Training.Maps;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>Joins the channels of several maps.</summary>
internal sealed unsafe class ConcatenationLayer(string name, BatchMap output, BatchMap[] inputs) : TrainingLayer(name, output, inputs)
{
    public override long ScratchLength => Inputs.Max(i => i.GradientLayout.Length);

    public override IEnumerable<TrainingPhase> Forward => [ForwardByImages(Compute)];

    public override IEnumerable<TrainingPhase> Backward => [BackwardByImages(Differentiate)];

    private void Compute(int image, TrainingWorkspace workspace)
    {
        int channel = 0;
        for (int i = 0; i < Inputs.Count; i++)
        {
            BatchMap map = Inputs[i];
            MapView input = MapReader.Load(map, image, 1, map.GradientLayout, workspace.Scratch);
            Copy(input, 0, new MapView(Output.ImageAt(image), Output.Layout), channel, map.Layout.Channels, adds: false);
            channel += map.Layout.Channels;
        }
    }

    private void Differentiate(int image, TrainingWorkspace workspace)
    {
        int channel = 0;
        var gradient = new MapView(Output.GradientAt(image), Output.GradientLayout);
        for (int i = 0; i < Inputs.Count; i++)
        {
            BatchMap map = Inputs[i];
            if (map.NeedsGradient)
            {
                Copy(gradient, channel, new MapView(map.GradientAt(image), map.GradientLayout), 0, map.Layout.Channels, Adds(i));
            }

            channel += map.Layout.Channels;
        }
    }

    private static void Copy(MapView source, int from, MapView target, int to, int channels, bool adds)
    {
        for (int p = 0; p < source.Layout.Height * source.Layout.Width; p++)
        {
            Accumulation.Write(source.PixelAt(p) + from, target.PixelAt(p) + to, channels, adds);
        }
    }
}
