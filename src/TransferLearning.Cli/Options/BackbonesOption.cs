using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Cli.Options.Texts;

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

    /// <summary>The options that are about networks: <c>--backbone</c>, and how files are fed.</summary>
    public IReadOnlyList<Option> All => [_option, .. _fileOptions.All];

    /// <summary>The words of a command line that give one of the networks, with the options of a file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="position">The position among the networks that were read.</param>
    public IEnumerable<string> Words(ParseResult parsed, int position)
    {
        string name = Names(parsed)[position];
        return [_option.Name, name, .. BackboneOption.IsBuiltIn(name) ? [] : CommandText.Given(parsed, _fileOptions.All)];
    }

    /// <inheritdoc cref="BackboneOption.FasterChoice(ParseResult)"/>
    public string? FasterChoice(ParseResult parsed) => BackboneOption.FasterChoice(Names(parsed));

    private string[] Names(ParseResult parsed) =>
        parsed.GetValue(_option) is { Length: > 0 } given ? given : [BackboneOption.DefaultName];
}
