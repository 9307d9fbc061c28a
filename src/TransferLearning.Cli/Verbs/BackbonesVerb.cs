using System.CommandLine;
using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Progress;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Backbones;
using TransferLearning.Cli.Reports.Figures;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>backbones</c>: lists networks, fetches those that other projects publish, and inspects files.</summary>
internal sealed class BackbonesVerb(CommandHost host)
{
    public const string Name = "backbones";

    private readonly Argument<string> _name = new("NAME") { Description = "A name of 'transfer backbones list'." };

    private readonly Option<string?> _from = ValueOption.Text(
        "--from",
        "A mirror that has the file as NAME.onnx: a folder, which needs no network connection, or an address (https://...). Default: the "
        + "address in the catalog.",
        "URL-or-FOLDER");

    private readonly CatalogOption _catalog = new();
    private readonly OutputOptions _output = new();

    public Command CreateCommand() => new(Name, "Lists backbones, fetches those that other projects publish, and inspects network files.")
    {
        ListCommand(),
        FetchCommand(),
        new InspectVerb(host).CreateCommand(),
    };

    private Command ListCommand()
    {
        var command = new Command("list", "Lists the backbones that --backbone knows by name, and which of them are present.");
        _output.AddTo(command);
        _catalog.AddTo(command);
        command.SetAction(List);
        return command;
    }

    private Command FetchCommand()
    {
        var command = new Command(
            "fetch",
            "Gets the file of a network: continues an earlier attempt, and checks length and SHA-256. HTTPS_PROXY names a proxy.")
        {
            _name, _from,
        };
        _output.AddTo(command);
        _catalog.AddTo(command);
        command.SetAction(FetchAsync);
        return command;
    }

    private int List(ParseResult parsed)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        BackboneCatalog? catalog = _catalog.Open(parsed, problems);
        problems.ThrowIfAny();

        var report = new BackboneListReport { Directory = catalog!.Folder, Backbones = ListedBackboneReport.Of(catalog) };
        ReportJson.Write(json, report, static c => c.BackboneListReport);
        if (!_output.IsQuiet(parsed))
        {
            BackboneListSummary.Write(host, report);
        }

        NextCommand.Write(host, _output.IsQuiet(parsed), "transfer backbones fetch NAME");
        return ExitCodes.Done;
    }

    private async Task<int> FetchAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        OutputFile? json = _output.Json(parsed, problems);
        BackboneCatalog? catalog = _catalog.Open(parsed, problems, parsed.GetValue(_from));
        CatalogEntry? entry = catalog is null ? null : problems.Collect(() => catalog.Find(parsed.GetRequiredValue(_name)));
        problems.ThrowIfAny();

        bool isQuiet = _output.IsQuiet(parsed), wasPresent = catalog!.IsFetched(entry!.Name);
        string path = await ProgressDisplay.RunAsync(
            host,
            isQuiet,
            display => catalog.FetchAsync(entry.Name, FetchStage.On(display), cancellationToken)).ConfigureAwait(false);
        var report = new BackboneFetchReport
        {
            Name = entry.Name,
            Source = catalog.SourceOf(entry),
            Path = path,
            Bytes = entry.Bytes,
            Sha256 = entry.Sha256,
            License = entry.License,
            WasPresent = wasPresent,
        };
        ReportJson.Write(json, report, static c => c.BackboneFetchReport);
        if (!isQuiet)
        {
            new FigureTable()
                .Add("Backbone", report.Name)
                .Add(report.WasPresent ? "Was there, from" : "Fetched from", report.Source)
                .Add("File", report.Path)
                .Add("MB", (report.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture))
                .Add("SHA-256", report.Sha256)
                .Add("License", report.License)
                .Add("Use it with", $"--backbone {report.Name}")
                .WriteTo(host);
        }

        NextCommand.Write(
            host, isQuiet, CommandText.Of(["transfer", "fine-tune", "DATA", "-o", "model.onnx", "--backbone", entry.Name]));
        return ExitCodes.Done;
    }
}
