using System.Globalization;
using TransferLearning.Evaluation;
using TransferLearning.Verdicts.Rules;

namespace TransferLearning.Verdicts;

/// <summary>
/// A result in words: how good the classifier is, how sure that is, and what to do next. Reports begin with it, and the command prints it.
/// </summary>
/// <remarks>
/// Immutable; thread-safe. Its texts are for people and may change; <see cref="Quality"/> and <see cref="NextStep.Kind"/> are for programs.
/// It looks at what the result holds already, and reads no image.
/// </remarks>
/// <example><code>
/// FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
/// Verdict verdict = Verdict.Of(result);
/// Console.WriteLine(verdict.HowGood);
/// Console.WriteLine(verdict.HowSure);
/// foreach (NextStep step in verdict.NextSteps)
/// {
///     Console.WriteLine($"{step.Finding}: {step.Advice}");
/// }
/// </code></example>
public sealed partial record Verdict
{
    /// <summary>What is said where there is nothing to do next.</summary>
    internal const string NothingFound = "nothing stands out; use the model, and evaluate it on new images from time to time";

    // The names of the qualities: see VerdictQuality. Half of the mistakes avoided is what a user notices as "often right"; at nine of ten,
    // mistakes are the exception.
    private const double VeryGoodShare = 0.9;
    private const double GoodShare = 0.75;
    private const double FairShare = 0.5;

    // Within 5 points, an accuracy can be compared with that of most other settings; a range of 15 points spans two qualities.
    private const double MaxPreciseWidth = 0.05;
    private const double MinRoughWidth = 0.15;

    private Verdict(VerdictEvidence evidence)
    {
        (Accuracy, Interval, Images) = (evidence.Accuracy, evidence.Interval, evidence.Images);
        (MajorityClass, MajorityShare) = evidence.Majority;
        Quality = QualityOf(evidence);
        HowGood = DescribeQuality();
        HowSure = DescribeCertainty(evidence);
        NextSteps = VerdictRules.Apply(evidence);
    }

    /// <summary>How good the classifier is, against always answering <see cref="MajorityClass"/>.</summary>
    public VerdictQuality Quality { get; }

    /// <summary>The share of the evaluated images that is classified correctly, 0..1.</summary>
    public double Accuracy { get; }

    /// <summary>The 95 % confidence interval of <see cref="Accuracy"/>.</summary>
    public ConfidenceInterval Interval { get; }

    /// <summary>The number of images that <see cref="Accuracy"/> was measured on.</summary>
    public int Images { get; }

    /// <summary>The most frequent class among the evaluated images.</summary>
    public string MajorityClass { get; }

    /// <summary>The accuracy of always answering <see cref="MajorityClass"/>, 0..1.</summary>
    public double MajorityShare { get; }

    /// <summary><see cref="Quality"/> in sentences, with <see cref="Accuracy"/>.</summary>
    public string HowGood { get; }

    /// <summary>How certain <see cref="Accuracy"/> is, in sentences.</summary>
    public string HowSure { get; }

    /// <summary>At most four things to do next, the one that is expected to gain most first; empty where nothing was found.</summary>
    public IReadOnlyList<NextStep> NextSteps { get; }

    /// <summary>The texts, one per line.</summary>
    public override string ToString() =>
        string.Join('\n', [HowGood, HowSure, .. NextSteps.Select(s => $"{s.Finding}: {s.Advice} ({s.Command})")]);

    private static VerdictQuality QualityOf(VerdictEvidence evidence)
    {
        double majority = evidence.Majority.Share;
        if (majority == 1)
        {
            // All evaluated images are of one class: there is nothing to compare with.
            majority = 0;
        }

        double avoided = (evidence.Accuracy - majority) / (1 - majority);
        return evidence.Interval.Lower <= majority ? VerdictQuality.NoBetterThanGuessing
            : avoided >= VeryGoodShare ? VerdictQuality.VeryGood
            : avoided >= GoodShare ? VerdictQuality.Good
            : avoided >= FairShare ? VerdictQuality.Fair
            : VerdictQuality.Weak;
    }

    private static string OfHundred(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture);

    private string DescribeQuality()
    {
        string quality = Quality switch
        {
            VerdictQuality.NoBetterThanGuessing => "Not shown to be better than guessing",
            VerdictQuality.Weak => "Weak",
            VerdictQuality.Fair => "Fair",
            VerdictQuality.Good => "Good",
            VerdictQuality.VeryGood => "Very good",
            var other => throw new NotSupportedException($"the quality {other} has no text"),
        };
        return $"{quality}: right for {OfHundred(Accuracy)} of 100 images. Always answering {MajorityClass}, the most frequent class, "
            + $"would be right for {OfHundred(MajorityShare)}.";
    }

    private string DescribeCertainty(VerdictEvidence evidence)
    {
        if (evidence.Leaks.Count > 0 || evidence.KnownImages > 0)
        {
            return "Not reliable: the model knows some of the images that it was evaluated on.";
        }

        double width = Interval.Upper - Interval.Lower;
        string certainty = width <= MaxPreciseWidth ? "A precise figure" : width < MinRoughWidth ? "A fair estimate" : "A rough estimate";
        string range = string.Create(CultureInfo.InvariantCulture, $"{100 * Interval.Lower:0} to {100 * Interval.Upper:0}");
        string images = evidence.Source switch
        {
            EvidenceSource.CrossValidation => $"{Images} images, each predicted by a classifier that had not seen it",
            EvidenceSource.Validation => $"{Images} {(Images == 1 ? "image" : "images")} that the model had not seen",
            EvidenceSource.OtherData => $"{Images} labeled {(Images == 1 ? "image" : "images")}",
            var other => throw new NotSupportedException($"the source {other} has no text"),
        };
        return $"{certainty}: measured on {images}. For other images like these, expect {range} right of 100 (95 % confidence).";
    }
}
