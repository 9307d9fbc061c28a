using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.SampleData;
using TransferLearning.Cli.SampleData;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>sample-data</c>: draws a small image set to try things on.</summary>
internal sealed class SampleDataVerb(CommandHost host)
{
    public const string Name = "sample-data";

    private readonly Argument<string> _folder = new("DIR") { Description = "A new or empty folder, or one that this verb filled before." };

    private readonly Option<int?> _images = ValueOption.WholeNumber(
        "--images", "Number of images per class. Default: 40.", minimum: 2, maximum: 100_000);

    private readonly Option<int?> _size = ValueOption.WholeNumber(
        "--size", "Width and height in pixels. Default: 160.", minimum: 16, maximum: 2048);

    private readonly Option<double?> _validation = ValueOption.Fraction(
        "--validation", "Share of each class that goes into val/, the others into train/. Default: 0, no such folders.");

    private readonly CommonOptions _common = new(runsNetwork: false);

    public Command CreateCommand()
    {
        var command = new Command(
            Name, $"Draws a small image set of {SampleClass.All.Length} classes; the same seed gives the same images.")
        {
            _folder, _images, _size, _validation,
        };
        _common.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        CommonSettings common = _common.Read(parsed, problems);
        string path = parsed.GetRequiredValue(_folder);
        var defaults = new SampleDataSettings();
        var settings = new SampleDataSettings
        {
            ImagesPerClass = parsed.GetValue(_images) ?? defaults.ImagesPerClass,
            Size = parsed.GetValue(_size) ?? defaults.Size,
            ValidationFraction = parsed.GetValue(_validation) ?? defaults.ValidationFraction,
            Seed = common.Seed,
        };
        if (settings.ValidationImagesPerClass == settings.ImagesPerClass)
        {
            problems.Add(
                $"--validation {settings.ValidationFraction} leaves none of the {settings.ImagesPerClass} images per class to train on: "
                + "give a smaller share");
        }

        SampleDataFolder? folder = problems.Collect(() => SampleDataFolder.At(path));
        problems.ThrowIfAny();

        await ProgressDisplay.RunAsync(host, common.IsQuiet, display => Task.Run(
            () =>
            {
                SampleDataWriter.Write(folder!, settings, common.Threads, display, cancellationToken);
                return settings;
            },
            cancellationToken)).ConfigureAwait(false);

        int classes = SampleClass.All.Length;
        int validation = settings.ValidationImagesPerClass * classes;
        int all = settings.ImagesPerClass * classes;
        var report = new SampleDataReport(all, classes, all - validation, validation);
        ReportJson.Write(common, report, null, static c => c.SampleDataReport);
        if (!common.IsQuiet)
        {
            await host.Output.WriteLineAsync($"{all} images of {classes} classes in '{path}'").ConfigureAwait(false);
        }

        NextCommand.Write(host, common.IsQuiet, CommandText.Of(["transfer", "fine-tune", path, "-o", "model.onnx"]));
        return ExitCodes.Done;
    }
}
