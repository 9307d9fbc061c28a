using TransferLearning.Data.Copies;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Data.Findings;

/// <summary>Reads all images of a data set and compares them. Serves one run.</summary>
internal sealed class DatasetChecker(CheckedImages data)
{
    private readonly int _count = data.Images.Count;
    private readonly ContentKey[] _keys = new ContentKey[data.Images.Count];
    private readonly ImageThumbnail?[] _thumbnails = new ImageThumbnail?[data.Images.Count];
    private readonly string?[] _problems = new string?[data.Images.Count];
    private readonly string?[] _damage = new string?[data.Images.Count];
    private int _done;

    public DatasetCheck Run(int threads, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        var decoding = new BoundedDecoding(data.Images, minSide: 1);
        Parallel.For(0, _count, options, i =>
        {
            Read(i, decoding, cancellationToken);
            progress?.Report(Interlocked.Increment(ref _done));
        });

        int[] readable = [.. Enumerable.Range(0, _count).Where(i => _problems[i] is null)];
        var copies = ImageCopies.Find(
            [.. readable.Select(i => data.Images[i])],
            [.. readable.Select(i => _keys[i])],
            [.. readable.Select(i => _thumbnails[i])],
            threads,
            cancellationToken);
        return new DatasetCheck
        {
            Images = _count,
            Unreadable =
            [
                .. _problems.Index().Where(p => p.Item is not null).Select(p => new UnreadableImage(data.Images[p.Index].Path, p.Item!)),
            ],
            Damaged = [.. readable.Where(i => _damage[i] is not null).Select(i => new DamagedImage(data.Images[i].Path, _damage[i]!))],
            Duplicates = copies.Groups([.. readable.Select(i => data.Parts[i])]),
            DividedGroups =
            [
                .. readable.Where(i => data.Images[i].Group is not null)
                    .GroupBy(i => data.Images[i].Group!, i => data.IsValidation[i])
                    .Where(g => g.Distinct().Count() > 1)
                    .Select(g => new DividedGroup(g.Key, g.Count(isValidation => !isValidation), g.Count(isValidation => isValidation)))
                    .OrderBy(g => g.Name, StringComparer.Ordinal),
            ],
            Classes = [.. data.Labels.Select((name, label) => Count(name, [.. readable.Where(i => data.LabelIndices[i] == label)]))],
            Unlabeled = readable.Count(i => data.LabelIndices[i] < 0),
            Findings = data.Findings,
        };
    }

    private void Read(int index, BoundedDecoding decoding, CancellationToken cancellationToken)
    {
        LabeledImage image = data.Images[index];
        try
        {
            decoding.Decode(
                image,
                image.ReadAndHash,
                (content, pixels) =>
                {
                    _keys[index] = image.LastKey!.Value;
                    _thumbnails[index] = ImageThumbnail.Of(pixels);
                    _damage[index] = image.Formats.FindDamage(content, image.Limits);
                },
                cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _problems[index] = ImageProblem.Describe(e);
        }
    }

    private ClassCount Count(string name, int[] images)
    {
        int validation = images.Count(i => data.IsValidation[i]);
        return new ClassCount(name, images.Length - validation, validation);
    }
}
