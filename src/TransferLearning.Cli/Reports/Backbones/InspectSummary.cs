using System.Globalization;
using TransferLearning.Backbones.Inspection;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports.Figures;
using TransferLearning.Runtime.Compilation;

namespace TransferLearning.Cli.Reports.Backbones;

/// <summary>Prints what is known of a network.</summary>
internal static class InspectSummary
{
    public static void Write(CommandHost host, InspectReport report)
    {
        FigureTable table = new FigureTable().Add("File", report.File);
        foreach (InspectedInput input in report.Inputs)
        {
            table.Add("Input", $"{input.Name} {input.Type}{input.Shape}{(input.Layout is null ? "" : $", {input.Layout}")}");
        }

        if (report.Preprocessing is { } preprocessing)
        {
            table.Add("Size", Text($"{preprocessing.Width} x {preprocessing.Height}, {Resizing(preprocessing)}"))
                .Add("Channels", preprocessing.Channels.ToUpperInvariant())
                .Add("Normalization", $"mean {List(preprocessing.Mean)}, scale {List(preprocessing.Scale)}")
                .Add("Because", preprocessing.Reason)
                .Add("Features", Text($"{report.Features}, {report.FeatureSize} per image"));
        }

        foreach (InspectedFeatures candidate in report.Candidates)
        {
            table.Add(candidate.IsUsed ? "Candidate, used" : "Candidate", $"{candidate.Name} {candidate.Shape}, {Words(candidate.Kind)}");
        }

        foreach (UnsupportedNode node in report.Unsupported)
        {
            table.Add(node.IsUsed ? "Not supported" : "Not supported, not used", $"{node.Operator} in the node '{node.Node}'");
        }

        foreach (OperatorShare share in report.WithoutKernel)
        {
            string nodes = share.Nodes == 1 ? $"the node '{share.LargestNode}'" : $"{share.Nodes} nodes such as '{share.LargestNode}'";
            table.Add("Without kernel", Text($"{share.Operator} in {nodes}, about {share.Share:0 %} of the time"));
        }

        if (report.Cost is { } cost)
        {
            table.Add("Multiply-adds", Text($"{cost.MultiplyAdds / 1e6:0.0} million per image"))
                .Add("Weights", Text($"{cost.WeightBytes / 1e6:0.0} MB as float32"))
                .Add("ms per image", Milliseconds(cost))
                .Add("Memory", Text($"{cost.SharedBytes / 1e6:0.0} MB, and {cost.BytesPerThread / 1e6:0.0} MB per thread"));
        }

        if (report.MillisecondsWithDecoding is { } milliseconds)
        {
            table.Add("With decoding", Text($"{milliseconds:0.0} ms per image of the data, on one thread"));
        }

        if (report.Measured is { } measured)
        {
            table.Add("Measured", measured);
        }

        table.WriteTo(host);
    }

    private static string Milliseconds(NetworkCost cost) =>
        Text($"{cost.MillisecondsOneThread:0.0} on one thread, {cost.MillisecondsAllThreads:0.0} on {cost.Threads}");

    private static string Resizing(InspectedPreprocessingReport preprocessing) =>
        Text($"{Words(preprocessing.Resize)}{(preprocessing.Crop < 1 ? Text($", central {preprocessing.Crop}") : "")}, ")
        + preprocessing.Interpolation.ToLowerInvariant();

    /// <summary>The name of an enumeration's value as words: <c>CenterCrop</c> is "center crop".</summary>
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static string List(IEnumerable<float> values) =>
        string.Join(", ", values.Select(v => v.ToString("0.###", CultureInfo.InvariantCulture)));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
