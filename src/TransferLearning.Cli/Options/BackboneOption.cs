using System.CommandLine;
using TransferLearning.Backbones;

namespace TransferLearning.Cli.Options;

/// <summary>
/// <c>--backbone</c>: the name of a backbone that comes with the library, or a network file; with the options that say how a file is fed.
/// </summary>
internal sealed class BackboneOption
{
    public const string CompactName = "compact";

    /// <summary>The names of the backbones that come with the library.</summary>
    public const string Names = $"{CompactName}, {ResNet18Name}";

    private const string ResNet18Name = "resnet18";

    private readonly Option<string?> _option = ValueOption.Text(
        "--backbone",
        $"A backbone's name ({Names}) or a network file (.onnx, .pb or .meta). Default: {CompactName}.",
        "NAME-or-FILE");

    /// <summary>How a network file is fed.</summary>
    public BackboneFileOptions FileOptions { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(_option);
        FileOptions.AddTo(command);
    }

    /// <summary>The value as given, not opened; null where the option is absent.</summary>
    public string? Given(ParseResult parsed) => parsed.GetValue(_option);

    public Backbone? Read(ParseResult parsed, Problems problems)
    {
        string name = parsed.GetValue(_option) ?? CompactName;
        if (IsBuiltIn(name))
        {
            FileOptions.Refuse(parsed, problems, $"with the backbone '{name}', which comes with the library");
        }

        BackboneOptions options = FileOptions.Read(parsed, problems);
        return problems.Collect(() => Open(name, options));
    }

    /// <summary>Whether a backbone comes with the library, and so has no use for options of a file.</summary>
    internal static bool IsBuiltIn(string nameOrFile) => nameOrFile is CompactName or ResNet18Name;

    internal static Backbone Open(string nameOrFile, BackboneOptions options) =>
        nameOrFile == CompactName ? Backbone.Compact
        : nameOrFile == ResNet18Name ? Backbone.ResNet18
        : File.Exists(nameOrFile) ? Backbone.FromFile(nameOrFile, options)
        : throw new TransferLearningException(
            $"--backbone '{nameOrFile}' is neither the name of a backbone ({Names}) nor a file: "
            + $"check the path '{Path.GetFullPath(nameOrFile)}'");
}
