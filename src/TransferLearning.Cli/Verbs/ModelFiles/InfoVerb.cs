using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Info;
using TransferLearning.Models;

namespace TransferLearning.Cli.Verbs.ModelFiles;

/// <summary><c>info</c>: shows what a model file says of itself.</summary>
internal sealed class InfoVerb(CommandHost host)
{
    public const string Name = "info";

    private readonly Argument<string> _model = new("MODEL") { Description = "A model file, as fine-tune and other verbs save it." };

    private readonly Option<string?> _card = ValueOption.Text(
        "--card",
        "Write a model card in Markdown: intended use, limits, data, figures, and how to load the model. Complete it before you publish.",
        "FILE.md");

    private readonly OutputOptions _output = new();

    public Command CreateCommand()
    {
        var command = new Command(
            Name, "Shows a model's labels, backbone, preprocessing, training, figures, versions and license.")
        {
            _model, _card,
        };
        _output.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        OutputFile? card = problems.CollectOutput(parsed, _card);
        ModelDescription? model = problems.Collect(() => TransferModel.DescribeFile(parsed.GetRequiredValue(_model)));
        problems.ThrowIfAny();

        var report = InfoReport.Of(model!);
        card?.WriteLines([model!.ToModelCard().TrimEnd('\n')]);
        ReportJson.Write(json, report, static c => c.InfoReport);
        if (!_output.IsQuiet(parsed))
        {
            InfoSummary.Write(host, report);
        }

        NextCommand.Write(
            host, _output.IsQuiet(parsed), CommandText.Of(["transfer", "export", parsed.GetRequiredValue(_model), "--to", "DIR"]));
        return ExitCodes.Done;
    }
}
