using System.CommandLine;
using TransferLearning.Backbones;

namespace TransferLearning.Cli.Options;

/// <summary><c>--backbone</c>, which may be repeated: the networks to compare.</summary>
internal sealed class BackbonesOption
{
    private readonly Option<string[]> _option = new("--backbone")
    {
        Description = $"A network to compare: a backbone's name ({BackboneOption.Names}) or a network file (.onnx, .pb or .meta). "
            + $"Repeat the option for each network. Default: {BackboneOption.CompactName}.",
        HelpName = "NAME-or-FILE",
    };

    public void AddTo(Command command) => command.Add(_option);

    public IReadOnlyList<Backbone> Read(ParseResult parsed, Problems problems)
    {
        string[] names = parsed.GetValue(_option) is { Length: > 0 } given ? given : [BackboneOption.CompactName];
        return [.. names.Select(n => problems.Collect(() => BackboneOption.Open(n))).OfType<Backbone>()];
    }
}
