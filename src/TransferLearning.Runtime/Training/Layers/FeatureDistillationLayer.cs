using TransferLearning.Runtime.Training.Maps;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>
/// 1 - cosine of the angle between an output and the teacher's features. Half the squared distance of the two vectors at length 1 is the
/// same, so that nothing else has to be chosen: the lengths, which differ between networks by orders of magnitude, do not count.
/// </summary>
internal sealed class FeatureDistillationLayer(BatchMap compared, CrossEntropyLayer labels, double weight)
    : DistillationLayer("feature distillation", compared, labels, weight)
{
    /// <summary>A vector that is not longer has no direction, and no gradient.</summary>
    private const double MinLength = 1e-12;

    protected override double LossOf(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        (double product, double length, double targetLength) = Measure(output, target);
        return length < MinLength || targetLength < MinLength ? 1 : 1 - (product / (length * targetLength));
    }

    protected override void AddGradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double scale, Span<float> gradient)
    {
        (double product, double length, double targetLength) = Measure(output, target);
        if (length < MinLength || targetLength < MinLength)
        {
            return;
        }

        double byTarget = -scale / (length * targetLength), byOutput = scale * product / (length * length * length * targetLength);
        for (int i = 0; i < output.Length; i++)
        {
            gradient[i] += (float)((byTarget * target[i]) + (byOutput * output[i]));
        }
    }

    private static (double Product, double Length, double TargetLength) Measure(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        double product = 0, squares = 0, targetSquares = 0;
        for (int i = 0; i < output.Length; i++)
        {
            product += (double)output[i] * target[i];
            squares += (double)output[i] * output[i];
            targetSquares += (double)target[i] * target[i];
        }

        return (product, Math.Sqrt(squares), Math.Sqrt(targetSquares));
    }
}
