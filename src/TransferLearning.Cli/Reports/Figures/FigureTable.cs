using Spectre.Console;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>Prints figures: a table on a terminal, <c>name: value</c> lines elsewhere.</summary>
internal sealed class FigureTable
{
    private readonly List<(string Name, string Value)> _rows = [];

    public FigureTable Add(string name, string value)
    {
        _rows.Add((name, value));
        return this;
    }

    public FigureTable Add(string name, int value) => Add(name, value.ToString());

    /// <summary>Adds a share 0..1 or another small number, with three decimals.</summary>
    public FigureTable Add(string name, double value) => Add(name, value.ToString("0.000"));

    /// <summary>Adds an accuracy, with its interval and the number of images.</summary>
    public FigureTable Add(string name, AccuracyFigure accuracy) => Add(name, accuracy.ToString());

    /// <summary>Adds the expected calibration error with and without the temperature.</summary>
    public FigureTable AddCalibration(double ece, double temperature, double eceBefore) =>
        Add("Calibration error", $"{ece:0.000} (before temperature {temperature:0.00}: {eceBefore:0.000})");

    /// <summary>Adds the views of training images, where there are any, the time that extraction and training took, and the share of
    /// cached bottlenecks.</summary>
    public FigureTable AddCost(StrategyReport report) => this
        .AddAugmentation(report)
        .Add("Seconds extracting", report.SecondsExtracting)
        .Add("Seconds training", report.SecondsTraining)
        .Add(
            "From the cache",
            $"{report.CacheHits} of {report.CacheHits + report.CacheMisses}{(report.Augmentation is null ? "" : " images and views")}");

    /// <summary>Adds the views of training images, where there are any.</summary>
    public FigureTable AddAugmentation(StrategyReport report) =>
        report.Augmentation is { } augmentation ? Add("Augmentation", $"{augmentation}, of each training image") : this;

    /// <summary>Adds the size and the loss of accuracy with smaller weights; nothing where they are float32.</summary>
    public FigureTable Add(WeightsReport? weights) => weights is null
        ? this
        : Add("Weights", $"{weights.Precision}: {weights.Bytes / 1e6:0.00} MB instead of {weights.BytesBefore / 1e6:0.00} MB")
            .Add($"Accuracy as {weights.Precision}", new AccuracyFigure(weights.Accuracy, weights.AccuracyInterval, weights.Images))
            .Add(
                "Accuracy lost",
                $"{weights.AccuracyLost:0.000} (before {weights.AccuracyBefore:0.000}, after {weights.Accuracy:0.000}, "
                + $"on {weights.Images} images; {weights.Agreement:0.000} of them keep their label)");

    public void WriteTo(CommandHost host)
    {
        if (!host.OutputIsTerminal)
        {
            foreach ((string name, string value) in _rows)
            {
                host.Output.WriteLine($"{name}: {value}");
            }

            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        foreach ((string name, string value) in _rows)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value));
        }

        CommandHost.CreateConsole(host.Output).Write(table);
    }
}
