using TransferLearning.Bottlenecks;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Heads.Objective;

/// <summary>Runs a head on bottlenecks.</summary>
internal static class HeadPrediction
{
    private const int BlockRows = 64;

    /// <summary>[n, classes]: softmax probabilities. The same bits for any number of threads.</summary>
    /// <param name="head">The head.</param>
    /// <param name="bottlenecks">[n, features].</param>
    /// <param name="threads">0 for one per processor.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static float[] Probabilities(
        LinearHead head, BottleneckMatrix bottlenecks, int threads = 1, CancellationToken cancellationToken = default)
    {
        float[] values = Logits(head, bottlenecks, threads, cancellationToken);
        ToProbabilities(values, head.Classes);
        return values;
    }

    /// <summary>[n, classes]: softmax(logits / temperature), of logits computed before.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="temperature">Above 0.</param>
    public static float[] Probabilities(float[] logits, int classes, double temperature)
    {
        float[] values = Array.ConvertAll(logits, l => (float)(l / temperature));
        ToProbabilities(values, classes);
        return values;
    }

    /// <summary>[n, classes]: weights * bottleneck + bias.</summary>
    /// <inheritdoc cref="Probabilities(LinearHead, BottleneckMatrix, int, CancellationToken)"/>
    public static float[] Logits(
        LinearHead head, BottleneckMatrix bottlenecks, int threads = 1, CancellationToken cancellationToken = default)
    {
        if (bottlenecks.FeatureSize != head.FeatureSize)
        {
            throw new TransferLearningException(
                $"the head is for bottlenecks of {head.FeatureSize} features, but these have {bottlenecks.FeatureSize}: "
                + "use the backbone that it was trained with");
        }

        var weights = new PaddedMatrix(head.Classes, head.FeatureSize);
        for (int c = 0; c < head.Classes; c++)
        {
            head.Weights.Slice(c * head.FeatureSize, head.FeatureSize).CopyTo(weights.Row(c));
        }

        float[] logits = new float[bottlenecks.Count * head.Classes];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = WorkerThreads.Count(threads),
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, (bottlenecks.Count + BlockRows - 1) / BlockRows, options, block =>
        {
            int start = block * BlockRows, count = Math.Min(BlockRows, bottlenecks.Count - start);
            var features = new PaddedMatrix(count, head.FeatureSize);
            nint[] rows = new nint[count];
            for (int i = 0; i < count; i++)
            {
                bottlenecks.Row(start + i).CopyTo(features.Row(i));
                rows[i] = (nint)i * features.Stride;
            }

            HeadKernels.Logits(features, rows, weights, head.Bias, logits.AsSpan(start * head.Classes), head.Classes);
        });
        return logits;
    }

    private static void ToProbabilities(float[] logits, int classes)
    {
        float[] row = new float[SoftmaxRows.Stride(classes)];
        for (int start = 0; start < logits.Length; start += classes)
        {
            Span<float> target = logits.AsSpan(start, classes);
            target.CopyTo(row);
            SoftmaxRows.Apply(row, classes);
            row.AsSpan(0, classes).CopyTo(target);
        }
    }
}
