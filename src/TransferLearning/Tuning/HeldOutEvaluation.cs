using TransferLearning.Evaluation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Tuning;

/// <summary>How a network does on images that it does not learn from. Immutable.</summary>
/// <param name="Logits">[images, classes].</param>
/// <param name="Loss">
/// The mean log loss, in nats, at the temperature that suits the images best, as the finished model has one: a network that is right more
/// often is not worse for being too sure or, with label smoothing, not sure enough.
/// </param>
/// <param name="Accuracy">The share of images whose most probable class is right, 0..1.</param>
internal sealed record HeldOutEvaluation(float[] Logits, double Loss, double Accuracy)
{
    private const int Group = 64;

    /// <summary>Runs a network over held-out images, as they are.</summary>
    /// <param name="task">The images.</param>
    /// <param name="graph">The network with its weights.</param>
    /// <param name="threads">The number of threads.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static HeldOutEvaluation Of(NetworkTrainingTask task, Graph graph, int threads, CancellationToken cancellationToken)
    {
        int[] rows = task.HeldOut;
        float[] logits = new float[rows.Length * task.Classes], images = new float[Math.Min(Group, rows.Length) * task.Images.Length];
        using (var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = threads }))
        {
            for (int start = 0; start < rows.Length; start += Group)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(Group, rows.Length - start);
                Memory<float> loaded = images.AsMemory(0, count * task.Images.Length);
                task.Images.Load(rows.AsSpan(start, count), epoch: null, loaded, cancellationToken);
                network.Run(loaded.Span, count, logits.AsSpan(start * task.Classes, count * task.Classes));
            }
        }

        return Of(logits, [.. rows.Select(r => task.Labels[r])]);
    }

    /// <summary>Evaluates logits.</summary>
    /// <param name="logits">[images, classes].</param>
    /// <param name="labels">[images], at least one.</param>
    public static HeldOutEvaluation Of(float[] logits, int[] labels)
    {
        (double loss, double accuracy) = At(temperature: 1, logits, labels);
        if (double.IsFinite(loss))
        {
            loss = At(TemperatureScaling.Fit([new LabeledLogits([logits], labels)]), logits, labels).Loss;
        }

        return new HeldOutEvaluation(logits, loss, accuracy);
    }

    private static (double Loss, double Accuracy) At(double temperature, float[] logits, int[] labels)
    {
        int classes = logits.Length / labels.Length, right = 0;
        double loss = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<float> row = logits.AsSpan(i * classes, classes);
            double largest = double.NegativeInfinity, sum = 0;
            int best = 0;
            for (int c = 0; c < classes; c++)
            {
                if (row[c] > largest)
                {
                    (largest, best) = (row[c], c);
                }
            }

            foreach (float logit in row)
            {
                sum += Math.Exp((logit - largest) / temperature);
            }

            loss += Math.Log(sum) + ((largest - row[labels[i]]) / temperature);
            right += best == labels[i] ? 1 : 0;
        }

        return (loss / labels.Length, (double)right / labels.Length);
    }
}
