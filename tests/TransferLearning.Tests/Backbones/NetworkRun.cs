using TransferLearning.Backbones;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Tests.Backbones;

/// <summary>Runs a backbone on one image of random pixels.</summary>
internal static class NetworkRun
{
    /// <param name="backbone">The backbone.</param>
    /// <param name="largest">The largest pixel value; the smallest is 0.</param>
    public static float[] Of(Backbone backbone, float largest = 1)
    {
        using CompiledNetwork network = backbone.Compile();
        var random = new Random(7);
        float[] image = new float[network.Height * network.Width * network.Channels];
        foreach (ref float value in image.AsSpan())
        {
            value = largest * random.NextSingle();
        }

        float[] output = new float[network.OutputLength];
        network.Run(image, 1, output);
        return output;
    }
}
