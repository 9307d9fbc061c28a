namespace TransferLearning.Heads;

/// <summary>Checks that a head can be trained on the data.</summary>
internal static class RetrainingChecks
{
    /// <exception cref="TransferLearningException">
    /// Training data, validation data and initial head do not match, or there is nothing to learn.
    /// </exception>
    public static void Require(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context)
    {
        var classes = new HashSet<int>();
        for (int i = 0; i < training.Count; i++)
        {
            if (training.Weights.IsEmpty || training.Weights[i] > 0)
            {
                classes.Add(training.Labels[i]);
            }
        }

        if (classes.Count < 2)
        {
            throw new TransferLearningException(classes.Count == 0
                ? "there are no training images: expected at least one of each of two classes"
                : $"all training images are of one class, '{training.ClassNames[classes.Single()]}': expected at least two classes");
        }

        int features = training.Bottlenecks.FeatureSize;
        if (validation is not null && validation.Bottlenecks.FeatureSize != features)
        {
            throw new TransferLearningException(
                $"the validation bottlenecks have {validation.Bottlenecks.FeatureSize} features, those for training {features}: "
                + "use one backbone for both");
        }

        if (validation is not null && !validation.ClassNames.SequenceEqual(training.ClassNames, StringComparer.Ordinal))
        {
            throw new TransferLearningException(
                $"the validation bottlenecks have the classes {string.Join(", ", validation.ClassNames)}, "
                + $"those for training {string.Join(", ", training.ClassNames)}: expected the same");
        }

        if (context.InitialHead is { } head && (head.FeatureSize != features || head.Classes != training.ClassNames.Count))
        {
            throw new TransferLearningException(
                $"the head to start from is for {head.Classes} classes and {head.FeatureSize} features, "
                + $"the training data for {training.ClassNames.Count} and {features}: expected the same");
        }

        if (!context.Groups.IsEmpty && context.Groups.Length != training.Count)
        {
            throw new TransferLearningException(
                $"there are groups for {context.Groups.Length} rows, but {training.Count} training rows: expected as many, or none");
        }

        if (context.Epochs < 1)
        {
            throw new TransferLearningException($"the number of epochs is {context.Epochs}: it must be at least 1");
        }
    }
}
