using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Models.Occlusion;

namespace TransferLearning.Models;

public sealed partial class TransferModel
{
    private const int OcclusionBatch = 9;

    /// <summary>
    /// Finds the parts of an image that a prediction rests on (occlusion sensitivity; Zeiler and Fergus, "Visualizing and understanding
    /// convolutional networks", 2014): hides one part after another behind a gray patch and measures how much the probability of the
    /// predicted class drops. Runs on the calling thread.
    /// </summary>
    internal OcclusionMap Occlude(RgbImage image, CancellationToken cancellationToken)
    {
        RgbImage view = Thumbnail.Resize(image, Preprocessing);
        float[] input = new float[view.Width * view.Height * 3];
        ImageToTensor.Convert(image, Preprocessing, input);
        return Compute(() => _predictions.Use(session =>
        {
            using INetworkWorker worker = session.CreateWorker();
            var patches = new OcclusionPatches(view.Width, view.Height, Preprocessing.Normalization);
            Prediction prediction = Run(worker, session, input, 1)[0];
            int predicted = prediction.Probabilities.IndexOf(prediction.Probability);
            float[] drops = new float[patches.Count];
            float[] batch = new float[OcclusionBatch * input.Length];
            for (int start = 0; start < drops.Length; start += OcclusionBatch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(OcclusionBatch, drops.Length - start);
                for (int i = 0; i < count; i++)
                {
                    Span<float> hidden = batch.AsSpan(i * input.Length, input.Length);
                    input.CopyTo(hidden);
                    patches.Hide(start + i, hidden);
                }

                Prediction[] results = Run(worker, session, batch, count);
                for (int i = 0; i < count; i++)
                {
                    drops[start + i] = prediction.Probability - results[i].Probabilities[predicted];
                }
            }

            return new OcclusionMap(view, prediction, patches.Spread(drops));
        }));
    }

    private Prediction[] Run(INetworkWorker worker, INetworkSession session, float[] inputs, int count)
    {
        float[] outputs = new float[count * session.OutputLength];
        worker.Run(inputs, count, outputs);
        return [.. Enumerable.Range(0, count).Select(i => _output.Read(outputs.AsSpan(i * session.OutputLength, session.OutputLength)))];
    }
}
