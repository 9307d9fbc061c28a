using System.Collections.Concurrent;
using TransferLearning.Data;
using TransferLearning.Imaging;

namespace TransferLearning.Strategies;

/// <summary>A data set, or the path of one that is opened at first use. Thread-safe.</summary>
internal sealed class DataSource
{
    private readonly Func<ImageFormats, ImageDataset> _open;

    // By the formats of the pipeline: copies of a pipeline share their sources. A failure is not remembered: the user may mend the folder
    // and call Fit again.
    private readonly ConcurrentDictionary<ImageFormats, ImageDataset> _opened = new(ReferenceEqualityComparer.Instance);

    private DataSource(Func<ImageFormats, ImageDataset> open) => _open = open;

    public static DataSource At(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new DataSource(formats => ImageDataset.Open(path, new ImageDatasetOptions { Formats = formats }));
    }

    public static DataSource Of(ImageDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DataSource(formats =>
        {
            RequireFormats(data, formats);
            return data;
        });
    }

    /// <summary>The data set; one at a path is opened with the pipeline's formats.</summary>
    /// <exception cref="TransferLearningException">It cannot be opened, or it has a format that the pipeline does not have.</exception>
    public ImageDataset Open(ImageFormats formats) => _opened.GetOrAdd(formats, _open);

    /// <summary>As <see cref="Open"/>; null, with the problem added, if that fails.</summary>
    public ImageDataset? TryOpen(ImageFormats formats, List<string> problems)
    {
        try
        {
            return Open(formats);
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }

    private static void RequireFormats(ImageDataset data, ImageFormats formats)
    {
        string[] missing =
        [
            .. data.Images.Select(i => i.Formats).Distinct().SelectMany(f => f.Decoders).Select(d => d.FormatName)
                .Except(formats.Decoders.Select(d => d.FormatName), StringComparer.OrdinalIgnoreCase),
        ];
        if (missing.Length > 0)
        {
            throw new TransferLearningException(
                $"'{data.Name}' was opened with the format {string.Join(", ", missing)}, which the pipeline does not have ({formats}), so "
                + "that its model could not read such files: give the formats of the data set to WithImageFormats");
        }
    }
}
