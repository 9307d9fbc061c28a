using System.CommandLine;
using TransferLearning.Advice;
using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Backbones;
using TransferLearning.Data;
using TransferLearning.Inference;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>backbones inspect</c>: shows how a network is used, and what it costs.</summary>
internal sealed class InspectVerb(CommandHost host)
{
    public const string Name = "inspect";

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "A network file (.onnx, .pb or .meta), or a name of 'transfer backbones list'.",
    };

    private readonly Argument<string?> _data = new("DATA")
    {
        Description = $"Images to try the network on. {DataDescription.Labeled}",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly BackboneFileOptions _options = new();
    private readonly DataOptions _dataOptions = new(validation: null);
    private readonly OutputOptions _output = new();

    public Command CreateCommand()
    {
        var command = new Command(
            Name,
            "Shows the inputs, preprocessing, features, unsupported operators, multiply-adds, time and memory of a network.")
        {
            _file, _data,
        };
        _output.AddTo(command);
        _options.AddTo(command);
        _dataOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(() => Run(parsed, cancellationToken), cancellationToken));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        string file = parsed.GetRequiredValue(_file);
        var opened = new OpenedData(_dataOptions.Read(parsed, problems));
        ImageDataset? data = parsed.GetValue(_data) is { } path ? opened.Open(path, problems) : null;
        BackboneInspection? inspection = Inspect(parsed, file, problems);
        problems.ThrowIfAny();

        InspectReport report = OnData(InspectReport.Of(file, inspection!), inspection!, data, cancellationToken);
        ReportJson.Write(json, report, static c => c.InspectReport);
        if (!_output.IsQuiet(parsed))
        {
            InspectSummary.Write(host, report);
        }

        if (report.Problem is not null)
        {
            host.Error.WriteLine($"transfer: {report.Problem}");
            return ExitCodes.BadInput;
        }

        NextCommand.Write(
            host, _output.IsQuiet(parsed), CommandText.Of(["transfer", "fine-tune", "DATA", "-o", "model.onnx", "--backbone", file]));
        return ExitCodes.Done;
    }

    private BackboneInspection? Inspect(ParseResult parsed, string file, Problems problems)
    {
        if (BackboneOption.IsBuiltIn(file))
        {
            _options.Refuse(parsed, problems, $"with the backbone '{file}', which comes with the library");
            return BackboneInspection.Of(BackboneOption.Open(file, new BackboneOptions()), host.Time);
        }

        BackboneOptions options = _options.Read(parsed, problems);
        return problems.Collect(() => BackboneInspection.Of(BackboneOption.PathOf(file), options, host.Time));
    }

    /// <summary>Adds what is measured on the user's images.</summary>
    private InspectReport OnData(
        InspectReport report, BackboneInspection inspection, ImageDataset? data, CancellationToken cancellationToken)
    {
        if (data is null || inspection.Cost is null)
        {
            return report;
        }

        Backbone backbone = inspection.Backbone!;
        BackboneCheckResult check = BackboneCheck.Run(backbone, data, null, cancellationToken);
        return report with
        {
            MillisecondsWithDecoding = InferenceTiming.MillisecondsPerImage(backbone, data, EmbeddedEngine.Instance, host.Time),
            Normalizations = MeasuredNormalizationReport.Of(check),
            Measured = check.Explanation,
        };
    }
}
