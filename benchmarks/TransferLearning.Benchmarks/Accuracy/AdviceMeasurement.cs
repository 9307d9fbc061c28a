using System.Globalization;
using TransferLearning.Advice;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Retraining;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// How good advice is: on each set, advice sees the training part only, and each network's accuracy is then measured on the part held out.
/// A network's accuracy is the mean over all divisions: one division holds out too few images to tell networks apart. Prints Markdown.
/// </summary>
internal static class AdviceMeasurement
{
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length is < 2)
        {
            error.WriteLine("usage: measure-advice CACHE-FOLDER SEEDS [SET ...]");
            return 1;
        }

        var sets = new SharedSets(arguments[0]);
        int seeds = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        Backbone[] networks = [.. SharedSets.NetworkNames.Select(SharedSets.Network)];
        foreach (string name in arguments.Length > 2 ? arguments[2..] : SharedSets.SetNames)
        {
            Measure(sets, name, seeds, networks, output);
        }

        return 0;
    }

    private static void Measure(SharedSets sets, string name, int seeds, Backbone[] networks, TextWriter output)
    {
        var heldOut = networks.ToDictionary(n => n, _ => new List<double>());
        var recommended = new List<Backbone>();
        AdviceResult? last = null;
        ImageDataset data = SharedSets.Open(name);
        for (int seed = 0; seed < seeds; seed++)
        {
            DatasetSplit split = SharedSets.Divide(data, seed);
            last = TransferPipeline
                .Advise(ImageDataset.FromImages(split.Train.Images), new AdviceOptions { Backbones = networks })
                .WithBottleneckCache(sets.Cache).WithSeed(seed).Fit();
            recommended.Add(last.Recommended!.Backbone);
            foreach (Backbone network in networks)
            {
                heldOut[network].Add(Accuracy(sets.Extract(split.Train, network), sets.Extract(split.Validation, network), seed));
            }
        }

        output.WriteLine($"### {name}\n");
        output.WriteLine("| network | held-out accuracy | recommended | cross-validated | LogME | similarity | ms an image | MB |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (BackboneAdvice advice in last!.Candidates)
        {
            output.WriteLine(
                Text($"| {advice.Backbone.Name} | {heldOut[advice.Backbone].Average():0.0000} ")
                + Text($"| {recommended.Count(r => r == advice.Backbone)} of {seeds} ")
                + Text($"| {advice.Accuracy:0.0000} | {advice.LogMe:0.000} | {advice.Similarity:0.00} ")
                + Text($"| {advice.MillisecondsPerImage:0.0} | {advice.ModelBytes / 1e6:0.0} |"));
        }

        var means = heldOut.ToDictionary(h => h.Key, h => h.Value.Average());
        double best = means.Values.Max(), got = recommended.Average(r => means[r]);
        double sameDivision = recommended.Select((r, s) => heldOut[r][s]).Average();
        output.WriteLine(
            Text($"\nRecommended: {100 * got:0.00} %; the best network: {100 * best:0.00} %; behind: {100 * (best - got):0.00} points ")
            + Text($"({100 * (best - sameDivision):0.00} where each recommendation is judged on its own division alone)."));
        output.WriteLine($"Strategy: {last.Strategy}. {string.Join("; ", last.Evidence)}.\n");
    }

    private static double Accuracy(LabeledBottlenecks train, LabeledBottlenecks test, int seed)
    {
        LinearHead head = new SoftmaxRetrainer().Retrain(train, null, new RetrainingContext { Seed = seed }).Head;
        return ClassificationMetrics.Compute(test.ClassNames, test.Labels, HeadPrediction.Probabilities(head, test.Bottlenecks)).Accuracy;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
