using TransferLearning.Evaluation;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Verdicts.Rules;

/// <summary>Two classes that are often predicted as each other.</summary>
internal sealed class ConfusedPairRule : IVerdictRule
{
    // One or two mistakes happen between any two classes by chance.
    private const int MinMistakes = 3;

    // Below 5 % of their images, other pairs together cost more.
    private const double MinShare = 0.05;

    // At best: training the last stage too avoids half of the mistakes on sign-digits (benchmarks/reports/transfer.md).
    private const double AvoidedShare = 0.5;

    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        ConfusionMatrix confusion = evidence.Evaluated.Metrics.Confusion;
        int classes = confusion.ClassNames.Count;
        if (classes == 2)
        {
            // All mistakes are between the two: the accuracy says that already.
            return null;
        }

        (int A, int B, int Mistakes) = Enumerable.Range(0, classes)
            .SelectMany(a => Enumerable.Range(a + 1, classes - a - 1), (a, b) => (A: a, B: b, Mistakes: confusion[a, b] + confusion[b, a]))
            .MaxBy(p => p.Mistakes);
        int images = confusion.Metrics(A).Support + confusion.Metrics(B).Support;
        if (Mistakes < MinMistakes || Mistakes < MinShare * images)
        {
            return null;
        }

        (string advice, RunCommand command) = evidence switch
        {
            { IsTraining: false } => (
                "train the model further on images of both: TransferPipeline.FineTune(path).ContinueFrom(model)",
                evidence.Command.Continue()),
            { HasTunedStages: false, IsNetworkFixed: false } => (
                "look at their images; where the labels are right, train the last stage of the network too: UnfrozenStages = 1",
                evidence.Command.Train("fine-tune").With("--unfreeze", "1")),
            _ => (
                "look at their images for wrong labels (OutOfFold.LabelErrors), and add images of both",
                evidence.Command.Train("cross-validate").With("--label-errors", "label-errors.csv")),
        };
        return new ProposedStep(
            new NextStep(
                NextStepKind.ConfusedPair,
                $"{confusion.ClassNames[A]} and {confusion.ClassNames[B]} are confused in {Mistakes} of their {images} images",
                advice,
                $"{command}"),
            AvoidedShare * Mistakes / evidence.Images);
    }
}
