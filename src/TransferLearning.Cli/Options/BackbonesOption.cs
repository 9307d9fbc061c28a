using System.CommandLine;
using TransferLearning.Backbones;

namespace TransferLearning.Cli.Options;

/// <summary>
/// <c>--backbone</c>, which may be repeated: the networks to compare; with the options that say how files among them are fed.
/// </summary>
internal sealed class BackbonesOption
{
    private readonly Option<string[]> _option = new("--backbone")
    {
        Description = $"A network to compare: a backbone's name ({BackboneOption.Names}, or one of 'transfer backbones list') or a network "
            + $"file (.onnx, .pb or .meta). Repeat the option for each network. Default: {BackboneOption.DefaultName}.",
        HelpName = "NAME-or-FILE",
    };

    private readonly BackboneFileOptions _fileOptions = new();

    public void AddTo(Command command)
    {
        command.Add(_option);
        _fileOptions.AddTo(command);
    }

    /// <summary>Opens the networks. The options of a file apply to all that are files; there must be one.</summary>
    public IReadOnlyList<Backbone> Read(ParseResult parsed, Problems problems)
    {
        string[] names = Names(parsed);
        if (names.All(BackboneOption.IsBuiltIn))
        {
            _fileOptions.Refuse(parsed, problems, $"with {string.Join(" and ", names)} alone, which the library knows");
        }

        BackboneOptions options = _fileOptions.Read(parsed, problems);
        return [.. names.Select(n => problems.Collect(() => BackboneOption.Open(n, options))).OfType<Backbone>()];
    }

    /// <inheritdoc cref="BackboneOption.FasterChoice(ParseResult)"/>
    public string? FasterChoice(ParseResult parsed) => BackboneOption.FasterChoice(Names(parsed));

    private string[] Names(ParseResult parsed) =>
        parsed.GetValue(_option) is { Length: > 0 } given ? given : [BackboneOption.DefaultName];
}
