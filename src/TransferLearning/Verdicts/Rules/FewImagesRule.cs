using TransferLearning.Data;
using TransferLearning.Evaluation;

namespace TransferLearning.Verdicts.Rules;

/// <summary>Classes with so few images that neither the classifier nor its figures can be good for them.</summary>
internal sealed class FewImagesRule : IVerdictRule
{
    private const int MaxNamed = 5;

    // Even where no image of such a class was predicted wrongly, its figures rest on a few images.
    private const double MinGain = 0.01;

    public ProposedStep? Propose(VerdictEvidence evidence)
    {
        IEnumerable<LabeledImage> images = [.. evidence.TrainingData?.Images ?? [], .. evidence.Evaluated.Images.Images];
        (string Name, int Images)[] few =
        [
            .. images.CountBy(i => i.Label!, StringComparer.Ordinal)
                .Where(c => c.Value < FewImages.MinPerClass)
                .OrderBy(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => (c.Key, c.Value)),
        ];
        if (few.Length == 0)
        {
            return null;
        }

        string named = string.Join(", ", few.Take(MaxNamed).Select(c => $"{c.Name}: {c.Images}"));
        string more = few.Length > MaxNamed ? $" and {few.Length - MaxNamed} more" : "";
        var names = few.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        double mistakes = evidence.Evaluated.Metrics.PerClass.Where(c => names.Contains(c.Name)).Sum(c => c.Support * (1 - c.Recall));
        string which = few.Length == 1 ? "one class has" : $"{few.Length} classes have";
        return new ProposedStep(
            new NextStep(
                NextStepKind.FewImages,
                $"{which} fewer than {FewImages.MinPerClass} images ({named}{more})",
                "add images of them; TransferPipeline.Advise says what twice the images would bring",
                $"{evidence.Command.Train("advise")}"),
            Math.Max(MinGain, mistakes / evidence.Images));
    }
}
