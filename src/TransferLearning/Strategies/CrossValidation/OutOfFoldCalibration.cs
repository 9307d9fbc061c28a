using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>
/// The temperature for a head trained on all images, fitted on the predictions of the folds' heads for images that they had not seen.
/// Immutable.
/// </summary>
/// <param name="Temperature">Fitted on the single predictions of all repeats, for the model has a single head too: their mean over the
/// repeats would be less certain than any head. 1 where there are too few mistakes to fit it.</param>
/// <param name="Before">The predictions of the first repeat, which has each image once, at temperature 1.</param>
/// <param name="After">The same, each fold at the temperature fitted on the other folds: no temperature is evaluated on images that it was
/// fitted on.</param>
internal sealed record OutOfFoldCalibration(double Temperature, ClassificationMetrics Before, ClassificationMetrics After)
{
    /// <param name="data">All images.</param>
    /// <param name="folds">All folds, repeat by repeat.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public static OutOfFoldCalibration Of(
        LabeledBottlenecks data, TrainedFold[] folds, int threads, CancellationToken cancellationToken = default)
    {
        LabeledLogits[] logits = [.. folds.Select(f => OfLearnedClasses(data, f))];
        double temperature = TemperatureScaling.FitOrDefault(logits, folds.Max(f => f.Fold.Repeat) + 1, cancellationToken);
        TrainedFold[] first = [.. folds.TakeWhile(f => f.Fold.Repeat == 0)];
        ClassificationMetrics before = Evaluate(data, first, [.. first.Select(_ => 1.0)]);
        if (temperature == 1)
        {
            return new OutOfFoldCalibration(1, before, before);
        }

        double[] temperatures = new double[first.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, first.Length, options, fold => temperatures[fold] = TemperatureScaling.FitOrDefault(
            [.. logits.Take(first.Length).Where((_, other) => other != fold)], times: 1, cancellationToken));
        return new OutOfFoldCalibration(temperature, before, Evaluate(data, first, temperatures));
    }

    /// <summary>Only the images of classes that the fold's head has learned: the model's head has learned all.</summary>
    private static LabeledLogits OfLearnedClasses(LabeledBottlenecks data, TrainedFold fold)
    {
        int classes = data.ClassNames.Count;
        int[] training = new int[classes];
        foreach (int label in data.Labels)
        {
            training[label]++;
        }

        foreach (int row in fold.HeldOut)
        {
            training[data.Labels[row]]--;
        }

        int[] learned = [.. Enumerable.Range(0, fold.HeldOut.Length).Where(i => training[data.Labels[fold.HeldOut[i]]] > 0)];
        float[] logits = new float[learned.Length * classes];
        for (int i = 0; i < learned.Length; i++)
        {
            fold.Logits.AsSpan(learned[i] * classes, classes).CopyTo(logits.AsSpan(i * classes));
        }

        return new LabeledLogits([logits], [.. learned.Select(i => data.Labels[fold.HeldOut[i]])]);
    }

    private static ClassificationMetrics Evaluate(LabeledBottlenecks data, TrainedFold[] folds, double[] temperatures)
    {
        int classes = data.ClassNames.Count;
        float[] probabilities = new float[data.Count * classes];
        foreach ((TrainedFold fold, double temperature) in folds.Zip(temperatures))
        {
            float[] rows = fold.Probabilities(temperature);
            for (int i = 0; i < fold.HeldOut.Length; i++)
            {
                rows.AsSpan(i * classes, classes).CopyTo(probabilities.AsSpan(fold.HeldOut[i] * classes));
            }
        }

        return ClassificationMetrics.Compute(data.ClassNames, data.Labels, probabilities);
    }
}
