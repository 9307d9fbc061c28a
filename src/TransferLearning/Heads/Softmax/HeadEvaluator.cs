using TransferLearning.Heads.Objective;

namespace TransferLearning.Heads.Softmax;

/// <summary>Evaluates parameters on validation rows: log loss and accuracy, without weights or label smoothing. Not thread-safe.</summary>
internal sealed class HeadEvaluator(SoftmaxObjective objective, int[] rows)
{
    /// <summary>Null if there are no validation rows.</summary>
    public static HeadEvaluator? Of(
        LabeledBottlenecks? validation, FeatureStandardization standardization, int threads, CancellationToken cancellationToken)
    {
        if (validation is null || validation.Count == 0)
        {
            return null;
        }

        float[] weights = new float[validation.Count];
        Array.Fill(weights, 1);
        PaddedMatrix features = standardization.Apply(validation.Bottlenecks);
        var objective = new SoftmaxObjective(
            features, validation.Labels.ToArray(), weights, validation.ClassNames.Count, labelSmoothing: 0, threads, cancellationToken);
        return new HeadEvaluator(objective, [.. Enumerable.Range(0, validation.Count)]);
    }

    public HeadLoss Evaluate(HeadParameters parameters) => objective.Evaluate(parameters, rows);
}
