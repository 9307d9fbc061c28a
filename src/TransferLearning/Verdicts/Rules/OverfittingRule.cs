using System.Globalization;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Verdicts.Rules;

/// <summary>A classifier that knows its training images much better than new ones.</summary>
internal sealed class OverfittingRule : IVerdictRule
{
    // Every classifier does a little better on what it has learned from.
    private const double MinGap = 0.1;

    // What views of the training images gain with 10 to 20 images per class (docs/augmentation.md).
    private const double Gain = 0.02;

    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        if (evidence.TrainingAccuracy is not { } training || training - evidence.Accuracy < MinGap || training <= evidence.Interval.Upper)
        {
            return null;
        }

        bool canAugment = !evidence.IsAugmented && evidence.Command.Options.All(o => o.Name != "--arch");
        RunCommand command = canAugment ? evidence.Command.With("--augment", "4") : evidence.Command.Train("advise");
        return new ProposedStep(
            new NextStep(
                NextStepKind.Overfitting,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"overfitted: right for {100 * training:0} of 100 training images, but for {100 * evidence.Accuracy:0} new ones"),
                canAugment
                    ? "learn from views of each training image too: WithAugmentation(ImageAugmentation.Photos, views: 4)"
                    : "add training images; TransferPipeline.Advise says what twice the images would bring",
                $"{command}"),
            Gain);
    }
}
