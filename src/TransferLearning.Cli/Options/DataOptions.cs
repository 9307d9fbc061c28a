using System.CommandLine;
using TransferLearning.Cli.Formats;
using TransferLearning.Data;

namespace TransferLearning.Cli.Options;

/// <summary>The options that say how data is read, where its folders and files do not say it.</summary>
/// <param name="validation">The verb's own option <c>--validation</c>, which may also name a folder of the data; null for none.</param>
internal sealed class DataOptions(ValidationOption? validation)
{
    private readonly Option<string?> _layout = ValueOption.Text(
        "--layout",
        "What has the labels: folders or manifest; or images: all images, without labels. Default: what the data itself says.",
        "folders|manifest|images");

    private readonly Option<string[]> _train = Parts("--train", "training");
    private readonly Option<string[]> _validation = Parts("--validation", "validation");
    private readonly Option<string[]> _test = Parts("--test", "test");

    private readonly Option<string?> _pathColumn = ValueOption.Text(
        "--path-column", "The manifest's column of image files. Default: recognized by its name and content.", "COLUMN");

    private readonly Option<string?> _labelColumn = ValueOption.Text(
        "--label-column", "The manifest's column of labels. Default: recognized by its name and content.", "COLUMN");

    private readonly ImageLimitsOptions _limits = new();

    public void AddTo(Command command)
    {
        command.Add(_layout);
        command.Add(_train);
        if (validation is null)
        {
            command.Add(_validation);
        }

        command.Add(_test);
        command.Add(_pathColumn);
        command.Add(_labelColumn);
        _limits.AddTo(command);
    }

    public ImageDatasetOptions Read(ParseResult parsed, Problems problems) => new()
    {
        Formats = CommandFormats.All,
        Limits = _limits.Read(parsed),
        Layout = ReadLayout(parsed.GetValue(_layout), problems),
        Train = parsed.GetValue(_train) ?? [],
        Validation = validation is null ? parsed.GetValue(_validation) ?? [] : validation.ReadPart(parsed) is { } part ? [part] : [],
        Test = parsed.GetValue(_test) ?? [],
        PathColumn = parsed.GetValue(_pathColumn),
        LabelColumn = parsed.GetValue(_labelColumn),
    };

    private DatasetLayoutChoice ReadLayout(string? name, Problems problems)
    {
        switch (name)
        {
            case null:
                return DatasetLayoutChoice.Automatic;
            case "folders":
                return DatasetLayoutChoice.Folders;
            case "manifest":
                return DatasetLayoutChoice.Manifest;
            case "images":
                return DatasetLayoutChoice.Images;
            default:
                problems.Add($"{_layout.Name} expects folders, manifest or images, not '{name}'");
                return DatasetLayoutChoice.Automatic;
        }
    }

    private static Option<string[]> Parts(string name, string purpose) => new(name)
    {
        Description = $"A folder or manifest in DATA that is for {purpose}; may be given several times.",
        HelpName = "FOLDER",
        Arity = ArgumentArity.OneOrMore,
    };
}
