using System.CommandLine;
using TransferLearning.Backbones;

namespace TransferLearning.Cli.Options;

/// <summary><c>--backbone</c>: the name of a backbone that comes with the library, or a network file.</summary>
internal sealed class BackboneOption
{
    public const string CompactName = "compact";

    private readonly Option<string?> _option = ValueOption.Text(
        "--backbone",
        $"A backbone's name ({CompactName}) or a network file (.onnx, .pb or .meta). Default: {CompactName}.",
        "NAME-or-FILE");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The value as given, not opened; null where the option is absent.</summary>
    public string? Given(ParseResult parsed) => parsed.GetValue(_option);

    public Backbone? Read(ParseResult parsed, Problems problems) => problems.Collect(() => Open(parsed.GetValue(_option) ?? CompactName));

    internal static Backbone Open(string nameOrFile) =>
        nameOrFile == CompactName ? Backbone.Compact
        : File.Exists(nameOrFile) ? Backbone.FromFile(nameOrFile)
        : throw new TransferLearningException(
            $"--backbone '{nameOrFile}' is neither the name of a backbone ({CompactName}) nor a file: "
            + $"check the path '{Path.GetFullPath(nameOrFile)}'");
}
