using System.CommandLine;
using System.CommandLine.Parsing;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Cli.Options.Commands;

/// <summary>The command line of a run, from which a verdict makes those of the next steps.</summary>
internal static class GivenCommand
{
    // They say what one run writes or demands; another run does not repeat them.
    private static readonly string[] OfOneRun =
        ["--output", "--report", "--json", "--quiet", "--require-accuracy", "--out-of-fold", "--label-errors", "--resume"];

    /// <param name="parsed">The command line.</param>
    /// <param name="data">The data that was trained or evaluated on.</param>
    /// <param name="model">The model that was evaluated; null for a verb that trains.</param>
    /// <param name="output">The model that was written; null for none.</param>
    public static RunCommand Of(ParseResult parsed, string data, string? model = null, string? output = null)
    {
        HashSet<string> ofData = Names(c => new CommonOptions().AddTo(c)), ofNetwork = Names(c => new BackboneOption().AddTo(c));

        // Verbs that only read the data run no network.
        HashSet<string> ofEngine = Names(c => new EngineOption().AddTo(c));
        ofData.ExceptWith(ofEngine);
        ofNetwork.UnionWith(ofEngine);
        CommandOption[] options =
        [
            .. parsed.CommandResult.Command.Options
                .Where(o => parsed.GetResult(o) is { Implicit: false } && !OfOneRun.Contains(o.Name))
                .Select(o => new CommandOption(
                    o.Name,
                    ofData.Contains(o.Name) ? OptionScope.Data : ofNetwork.Contains(o.Name) ? OptionScope.Network : OptionScope.Verb,
                    [.. parsed.GetResult(o)!.Tokens.Select(t => t.Value)])),
        ];
        return new RunCommand(parsed.CommandResult.Command.Name, data, model, options) { Output = output };
    }

    private static HashSet<string> Names(Action<Command> addTo)
    {
        var command = new Command("any");
        addTo(command);
        return [.. command.Options.Select(o => o.Name)];
    }
}
