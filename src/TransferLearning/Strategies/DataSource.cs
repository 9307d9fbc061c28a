using TransferLearning.Data;

namespace TransferLearning.Strategies;

/// <summary>A data set, or the path of one that is opened at first use. Thread-safe.</summary>
internal sealed class DataSource
{
    private readonly Lazy<ImageDataset> _data;

    // A failure is not remembered: the user may mend the folder and call Fit again.
    private DataSource(Func<ImageDataset> open) => _data = new Lazy<ImageDataset>(open, LazyThreadSafetyMode.PublicationOnly);

    public ImageDataset Data => _data.Value;

    public static DataSource At(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new DataSource(() => ImageDataset.Open(path));
    }

    public static DataSource Of(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DataSource(() => data);
    }

    /// <summary>Opens the data; null, with the problem noted, where that fails.</summary>
    public ImageDataset? TryOpen(List<string> problems)
    {
        try
        {
            return Data;
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }
}
