using System.CommandLine;
using TransferLearning.Backbones;
using TransferLearning.Backbones.Catalog;
using TransferLearning.Errors;

namespace TransferLearning.Cli.Options;

/// <summary>
/// <c>--backbone</c>: the name of a backbone that comes with the library, or a network file; with the options that say how a file is fed.
/// </summary>
internal sealed class BackboneOption
{
    /// <summary>The backbone of a command without the option.</summary>
    public const string DefaultName = BuiltInNames.ResNet18;

    /// <summary>The small and fast backbone.</summary>
    public const string CompactName = BuiltInNames.Compact;

    /// <summary>The names of the backbones that come with the library.</summary>
    public const string Names = $"{BuiltInNames.ResNet18}, {BuiltInNames.Compact}";

    private readonly Option<string?> _option = ValueOption.Text(
        "--backbone",
        $"A backbone's name ({Names}, or one of 'transfer backbones list') or a network file (.onnx, .pb or .meta). Default: "
        + $"{DefaultName}.",
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

    /// <summary>Notes a problem for each option given although no backbone is used.</summary>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        if (Given(parsed) is not null)
        {
            problems.AddUseless(_option.Name, reason);
        }

        FileOptions.Refuse(parsed, problems, reason);
    }

    public Backbone? Read(ParseResult parsed, Problems problems)
    {
        string name = parsed.GetValue(_option) ?? DefaultName;
        if (IsBuiltIn(name))
        {
            FileOptions.Refuse(parsed, problems, $"with the backbone '{name}', which comes with the library");
        }

        BackboneOptions options = FileOptions.Read(parsed, problems);
        return problems.Collect(() => Open(name, options));
    }

    /// <summary>What makes a long extraction faster than the option's value, as a clause; null where that is the small network.</summary>
    public string? FasterChoice(ParseResult parsed) => FasterChoice([parsed.GetValue(_option) ?? DefaultName]);

    /// <param name="names">The backbones in use.</param>
    internal static string? FasterChoice(IReadOnlyList<string> names) => names.Contains(CompactName) ? null
        : names.Contains(BuiltInNames.ResNet18)
            ? $"with --backbone {CompactName}, about a fifth of that, with less accurate results on most photos"
        : $"--backbone {CompactName} may take less";

    /// <summary>Whether a backbone comes with the library, and so has no use for options of a file.</summary>
    internal static bool IsBuiltIn(string nameOrFile) => BuiltInNames.All.Contains(nameOrFile);

    /// <param name="nameOrFile">What is given.</param>
    /// <param name="options">What a file does not state.</param>
    /// <param name="option">The option that gives it, for messages.</param>
    internal static Backbone Open(string nameOrFile, BackboneOptions options, string option = "--backbone")
    {
        switch (nameOrFile)
        {
            case BuiltInNames.Compact:
                return Backbone.Compact;
            case BuiltInNames.ResNet18:
                return Backbone.ResNet18;
        }

        // A name of the catalog before a file: a file is meant where the path says so, such as ./NAME or NAME.onnx.
        var catalog = BackboneCatalog.Open();
        return catalog.TryFind(nameOrFile) is { } entry ? Backbone.FromEntry(entry.Name, new CatalogOptions(), options)
            : File.Exists(nameOrFile) ? Backbone.FromFile(nameOrFile, options)
            : throw new TransferLearningException(
                $"{option} '{nameOrFile}' is neither the name of a backbone ({Names}) nor a file: check the path "
                + $"'{Path.GetFullPath(nameOrFile)}', or choose one of the names that 'transfer backbones list' prints"
                + NearestName.Question(nameOrFile, BuiltInNames.All.Concat(catalog.Entries.Select(e => e.Name))));
    }

    /// <summary>The file of a network of the catalog, which must have been fetched; another value as it is.</summary>
    internal static string PathOf(string nameOrFile)
    {
        var catalog = BackboneCatalog.Open();
        return catalog.TryFind(nameOrFile) is { } entry ? catalog.FetchedPath(entry) : nameOrFile;
    }
}
