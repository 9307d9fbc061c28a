using TransferLearning.Data;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Options;

/// <summary>Opens the data sets of one run, and remembers them so that the run can say what was understood of each.</summary>
internal sealed class OpenedData(ImageDatasetOptions options)
{
    private readonly List<ImageDataset> _sets = [];
    private readonly List<string> _paths = [];

    /// <summary>The data sets in the order in which they were opened, without single images.</summary>
    public IReadOnlyList<ImageDataset> Sets => _sets;

    /// <summary>The full paths of <see cref="Sets"/>.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>The largest images that are read.</summary>
    public ImageLimits Limits => options.Limits;

    /// <summary>The path by which a data set is known to <see cref="Paths"/>.</summary>
    public static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Opens the verb's data; where that fails, notes the problem and returns null.</summary>
    public ImageDataset? Open(string path, Problems problems) => Open(path, options, problems);

    /// <summary>Opens the verb's data, for a verb that needs labels.</summary>
    public ImageDataset? OpenLabeled(string path, Problems problems)
    {
        if (options.Layout == DatasetLayoutChoice.Images)
        {
            problems.Add(
                "--layout images reads images without labels, but this verb needs labels: leave it out, or give folders or manifest");
            return null;
        }

        return Open(path, problems);
    }

    /// <summary>Opens other data, in which the folders that the options name do not exist.</summary>
    public ImageDataset? OpenOther(string path, Problems problems) =>
        Open(path, options with { Train = [], Validation = [], Test = [] }, problems);

    /// <summary>Opens data whose labels do not matter: all images wherever they are, unless the options say more.</summary>
    public ImageDataset? OpenImages(string path, Problems problems)
    {
        bool isDefault = options is { Layout: DatasetLayoutChoice.Automatic, Train: [], Validation: [], Test: [] };
        return Open(path, isDefault ? options with { Layout = DatasetLayoutChoice.Images } : options, problems);
    }

    private ImageDataset? Open(string path, ImageDatasetOptions how, Problems problems)
    {
        ImageDataset? data = problems.Collect(() => ImageDataset.Open(path, how));
        if (data is not null && !(data.Count == 1 && data.Images[0].Path == path))
        {
            _sets.Add(data);
            _paths.Add(FullPath(path));
        }

        return data;
    }
}
