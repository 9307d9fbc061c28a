using System.CommandLine;
using TransferLearning.Cli.Export;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Export;
using TransferLearning.Models;

namespace TransferLearning.Cli.Verbs.ModelFiles;

/// <summary><c>export</c>: writes a model with what other programs need to use it.</summary>
internal sealed class ExportVerb(CommandHost host)
{
    public const string Name = "export";

    private readonly Argument<string> _model = new("MODEL") { Description = "A model file, as fine-tune and other verbs save it." };

    private readonly Option<string> _to = new("--to")
    {
        Description = "A new or empty folder, or one with an earlier export, which is replaced.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly OutputOptions _output = new();

    public Command CreateCommand()
    {
        var command = new Command(
            Name,
            "Writes the ONNX file, labels, preprocessing, and working programs for C# (ONNX Runtime, SkiaSharp) and Python.")
        {
            _model, _to,
        };
        _output.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        string to = parsed.GetRequiredValue(_to);
        ExportFolder? folder = problems.Collect(() => ExportFolder.At(to, _to.Name));
        ModelDescription? model = problems.Collect(() => TransferModel.DescribeFile(parsed.GetRequiredValue(_model)));
        problems.ThrowIfAny();

        folder!.Write(path => ModelExport.Write(model!, path));
        ReportJson.Write(json, new ExportReport(to, ExportFolder.Names), static c => c.ExportReport);
        if (!_output.IsQuiet(parsed))
        {
            host.Output.WriteLine($"'{to}' has the model, its labels and preprocessing, a README, and programs in C# and Python");
        }

        string program = $"{to.TrimEnd('/', '\\')}/csharp";
        NextCommand.Write(host, _output.IsQuiet(parsed), CommandText.Of(["dotnet", "run", "--project", program, "--", "PHOTO"]));
        return ExitCodes.Done;
    }
}
