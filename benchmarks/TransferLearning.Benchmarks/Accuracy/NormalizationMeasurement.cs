using TransferLearning.Advice;
using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Heads.Regularization;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures whether <see cref="BackboneCheck"/> finds the normalization of networks: the tables of reports/preprocessing.md. Accuracies are
/// cross-validated, repeated four times.
/// </summary>
internal static class NormalizationMeasurement
{
    private const int MaxImages = 250;
    private const int Repeats = 4;
    private const double Tolerance = 0.01;

    public static int Run(string[] networks, TextWriter output)
    {
        int pairs = 0, right = 0, own = 0, worse = 0;
        foreach (string name in networks.Length > 0 ? networks : [.. SharedSets.NetworkNames, "resnet18"])
        {
            Backbone original = name == "resnet18" ? Backbone.ResNet18 : SharedSets.Network(name);
            foreach ((string variant, PixelNormalization wanted) in NormalizationVariants.All)
            {
                Backbone backbone = NormalizationVariants.Of(original, wanted);
                foreach (string set in SharedSets.SetNames)
                {
                    ImageDataset whole = SharedSets.Open(set);
                    int count = Math.Min(MaxImages, whole.Count);
                    ImageDataset data = whole.Select([.. Enumerable.Range(0, count).Select(i => (int)((long)i * whole.Count / count))]);
                    Backbone undecided = backbone.WithNormalization(PixelNormalization.Inception, "assumed");
                    BackboneCheckResult check = BackboneCheck.Run(undecided, data);
                    var accuracies = new Dictionary<PixelNormalization, double>();
                    foreach (PixelNormalization candidate in
                        check.Candidates.Select(c => c.Normalization).Append(wanted).Append(PixelNormalization.Inception).Distinct())
                    {
                        accuracies[candidate] = Accuracy(backbone.WithNormalization(candidate, "tried"), data);
                    }

                    double taken = accuracies[check.Candidates[0].Normalization], best = accuracies.Values.Max();
                    pairs++;
                    right += best - taken <= Tolerance ? 1 : 0;
                    own += accuracies[wanted] - taken <= Tolerance ? 1 : 0;
                    worse += accuracies[PixelNormalization.Inception] - taken > Tolerance ? 1 : 0;
                    output.WriteLine(
                        FormattableString.Invariant($"| {name} | {variant} | {set} | {check.Candidates[0]} | {taken:F3} ")
                        + FormattableString.Invariant($"| {accuracies[wanted]:F3} | {best:F3} ")
                        + FormattableString.Invariant($"| {accuracies[PixelNormalization.Inception]:F3} ")
                        + FormattableString.Invariant($"| {check.Images} | {check.Passes} |"));
                }
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{pairs} pairs: within a point of the best {right}, of the network's own {own}; more than a point below -1..1 {worse}"));
        return 0;
    }

    private static double Accuracy(Backbone backbone, ImageDataset data)
    {
        Extraction extraction = new BottleneckExtractor(backbone).Extract(data);
        var rows = new LabeledBottlenecks(extraction.Bottlenecks, extraction.Images.LabelIndices.ToArray(), data.Labels);
        var context = new RetrainingContext { Seed = 1, Threads = 0 };
        IRetrainer retrainer = new SoftmaxRetrainer();
        if (retrainer.Retrain(rows, null, context).L2 is { } l2 && IPenaltyChoice.Of(retrainer) is { } choice)
        {
            retrainer = choice.WithL2(l2);
        }

        var folds = new HeadCrossValidation(rows, retrainer, context);
        return Enumerable.Range(0, Repeats).Average(r => folds.Run(1, r).Accuracy);
    }
}
