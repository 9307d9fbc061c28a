using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Imaging;

namespace TransferLearning.Data.Findings;

/// <summary>Reads all images of a data set and compares them. Serves one run.</summary>
/// <param name="data">The data set.</param>
/// <param name="judges">[Count]: true for an image that judges, false for one to learn from.</param>
/// <param name="parts">[Count]: images alike in parts of different numbers are a leak.</param>
internal sealed class DatasetChecker(ImageDataset data, bool[] judges, IReadOnlyList<int> parts)
{
    private readonly ContentKey[] _keys = new ContentKey[data.Count];
    private readonly PerceptualHash?[] _looks = new PerceptualHash?[data.Count];
    private readonly string?[] _problems = new string?[data.Count];
    private int _done;

    /// <summary>Checks images in two parts, one to learn from and one, if any, that judges.</summary>
    public static DatasetCheck Check(
        ImageDataset train, ImageDataset? validation, int threads, CancellationToken cancellationToken)
    {
        ImageDataset all = validation is null ? train : ImageDataset.FromImages(train.Images.Concat(validation.Images));
        return Check(all, [.. Enumerable.Range(0, all.Count).Select(i => i >= train.Count)], threads, null, cancellationToken);
    }

    /// <summary>Checks images in folds, each of which judges in turn.</summary>
    public static DatasetCheck Check(ImageDataset data, IReadOnlyList<int> folds, int threads, CancellationToken cancellationToken) =>
        new DatasetChecker(data, new bool[data.Count], folds).Run(threads, null, cancellationToken);

    /// <summary>Checks images of which some judge.</summary>
    public static DatasetCheck Check(
        ImageDataset data, bool[] judges, int threads, IProgress<int>? progress, CancellationToken cancellationToken) =>
        new DatasetChecker(data, judges, [.. judges.Select(j => j ? 1 : 0)]).Run(threads, progress, cancellationToken);

    private DatasetCheck Run(int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, data.Count, options, i =>
        {
            Read(i);
            progress?.Report(Interlocked.Increment(ref _done));
        });

        int[] readable = [.. Enumerable.Range(0, data.Count).Where(i => _problems[i] is null)];
        IReadOnlyList<int[]> groups = DuplicateSearch.Find(
            [.. readable.Select(i => _keys[i])], [.. readable.Select(i => _looks[i]!)], threads, cancellationToken);
        return new DatasetCheck
        {
            Images = data.Count,
            Unreadable =
            [
                .. _problems.Index().Where(p => p.Item is not null).Select(p => new UnreadableImage(data.Images[p.Index].Path, p.Item!)),
            ],
            Duplicates = [.. groups.Select(g => Describe([.. g.Select(i => readable[i])])).OrderBy(d => d.Kind)],
            DividedGroups =
            [
                .. readable.Where(i => data.Images[i].Group is not null)
                    .GroupBy(i => data.Images[i].Group!, i => judges[i])
                    .Where(g => g.Distinct().Count() > 1)
                    .Select(g => new DividedGroup(g.Key, g.Count(judging => !judging), g.Count(judging => judging)))
                    .OrderBy(g => g.Name, StringComparer.Ordinal),
            ],
            Classes = [.. data.Labels.Select((name, label) => Count(name, [.. readable.Where(i => data.LabelIndices[i] == label)]))],
            Unlabeled = readable.Count(i => data.LabelIndices[i] < 0),
            Findings = data.Findings,
        };
    }

    private void Read(int index)
    {
        LabeledImage image = data.Images[index];
        try
        {
            FileStamp? stamp = image.Stamp();
            byte[] content = image.ReadBytes();
            _keys[index] = ContentKey.Of(content);
            image.Remember(stamp, _keys[index]);
            _looks[index] = PerceptualHash.Of(RgbImage.Decode(content));
        }
        catch (InvalidImageException e)
        {
            _problems[index] = e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _problems[index] = $"it cannot be read: {e.Message}";
        }
    }

    private DuplicateImages Describe(int[] group) => new()
    {
        Kind = group.All(i => _keys[i] == _keys[group[0]]) ? DuplicateKind.Exact : DuplicateKind.Near,
        Images = [.. group.Select(i => data.Images[i])],
        IsLeak = group.Any(i => parts[i] != parts[group[0]]),
    };

    private ClassCount Count(string name, int[] images)
    {
        int judging = images.Count(i => judges[i]);
        return new ClassCount(name, images.Length - judging, judging);
    }
}
