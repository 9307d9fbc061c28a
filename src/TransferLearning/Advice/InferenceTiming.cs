using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;

namespace TransferLearning.Advice;

/// <summary>Times a backbone on a few images, one at a time on one thread, as in a program that classifies single images.</summary>
internal static class InferenceTiming
{
    private const int Images = 9;
    private const int WarmUps = 2;

    /// <summary>The median time from the bytes of a file to the features, in milliseconds.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="images">Readable images, at least one; a few, spread over the whole data set, are timed.</param>
    /// <param name="engine">Runs the network.</param>
    /// <param name="time">The clock.</param>
    public static double MillisecondsPerImage(Backbone backbone, ImageDataset images, INetworkEngine engine, TimeProvider time)
    {
        using INetworkSession session = engine.Load(backbone.Network);
        using INetworkWorker worker = session.CreateWorker();
        float[] input = new float[backbone.Preprocessing.Height * backbone.Preprocessing.Width * 3];
        float[] output = new float[session.OutputLength];
        var milliseconds = new List<double>();
        for (int i = 0; i < WarmUps + Images; i++)
        {
            LabeledImage image = images.Images[(int)((long)i * images.Count / (WarmUps + Images))];
            byte[] content = image.ReadBytes();
            long start = time.GetTimestamp();
            ImageToTensor.Convert(image.Decode(content, backbone.Preprocessing.MinSourceSide), backbone.Preprocessing, input);
            worker.Run(input, 1, output);
            milliseconds.Add(time.GetElapsedTime(start).TotalMilliseconds);
        }

        return milliseconds.Skip(WarmUps).Order().ElementAt(Images / 2);
    }
}
