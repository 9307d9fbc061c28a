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
        var pairs = new List<Pair>();
        foreach (string name in networks.Length > 0 ? networks : [.. SharedSets.NetworkNames, "resnet18"])
        {
            Backbone original = name == "resnet18" ? Backbone.ResNet18 : SharedSets.Network(name);
            foreach ((string variant, PixelNormalization wanted) in NormalizationVariants.All)
            {
                Backbone backbone = NormalizationVariants.Of(original, wanted);
                foreach (string set in SharedSets.SetNames)
                {
                    var pair = Pair.Measure(backbone, wanted, Part(SharedSets.Open(set)));
                    pairs.Add(pair);
                    output.WriteLine($"| {name} | {variant} | {set} | {pair} |");
                }
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{pairs.Count} pairs: within a point of the best {pairs.Count(p => p.Best - p.Taken <= Tolerance)}, of the network's own ")
            + FormattableString.Invariant($"{pairs.Count(p => p.Own - p.Taken <= Tolerance)}; more than a point below -1..1 ")
            + FormattableString.Invariant($"{pairs.Count(p => p.Assumed - p.Taken > Tolerance)}"));
        return 0;
    }

    /// <summary>So many images, spread over the whole set.</summary>
    private static ImageDataset Part(ImageDataset whole)
    {
        int count = Math.Min(MaxImages, whole.Count);
        return whole.Select([.. Enumerable.Range(0, count).Select(i => (int)((long)i * whole.Count / count))]);
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

    /// <summary>A network and a data set, with the accuracies under some normalizations.</summary>
    /// <param name="Check">What the check found.</param>
    /// <param name="Taken">The accuracy with the normalization that it takes.</param>
    /// <param name="Own">The accuracy with the one that the network was made for.</param>
    /// <param name="Best">The highest accuracy.</param>
    /// <param name="Assumed">The accuracy with values of -1..1.</param>
    private sealed record Pair(BackboneCheckResult Check, double Taken, double Own, double Best, double Assumed)
    {
        public static Pair Measure(Backbone backbone, PixelNormalization wanted, ImageDataset data)
        {
            BackboneCheckResult check = BackboneCheck.Run(backbone.WithNormalization(PixelNormalization.Inception, "assumed"), data);
            PixelNormalization[] tried =
                [.. check.Candidates.Select(c => c.Normalization).Append(wanted).Append(PixelNormalization.Inception).Distinct()];
            Dictionary<PixelNormalization, double> accuracies =
                tried.ToDictionary(n => n, n => Accuracy(backbone.WithNormalization(n, "tried"), data));
            return new Pair(
                check,
                accuracies[check.Candidates[0].Normalization],
                accuracies[wanted],
                accuracies.Values.Max(),
                accuracies[PixelNormalization.Inception]);
        }

        public override string ToString() => FormattableString.Invariant(
            $"{Check.Candidates[0]} | {Taken:F3} | {Own:F3} | {Best:F3} | {Assumed:F3} | {Check.Images} | {Check.Passes}");
    }
}
