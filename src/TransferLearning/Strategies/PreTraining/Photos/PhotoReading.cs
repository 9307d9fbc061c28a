using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;

namespace TransferLearning.Strategies.PreTraining.Photos;

/// <summary>
/// Decodes every image once before a training from scratch: finds those that cannot be used, hashes them, makes the thumbnails that tell
/// copies, and keeps their pixels in memory where there is room. There are no features yet: the bottlenecks are one 0 per image.
/// </summary>
/// <param name="inputSize">The side of the network's input.</param>
/// <param name="minSide">The least length of the shorter side of an image that is decoded at a reduced size.</param>
/// <param name="memory">Keeps the pixels.</param>
/// <param name="threads">The number of threads.</param>
/// <param name="time">The clock.</param>
internal sealed class PhotoReading(int inputSize, int minSide, PhotoMemory memory, int threads, TimeProvider time) : IExtractor
{
    public Extraction Extract(
        ImageDataset images, IProgress<ExtractionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var meter = new ExtractionMeter(images.Count, progress, time);
        string?[] problems = new string?[images.Count];
        var contents = new ContentKey[images.Count];
        var thumbnails = new ImageThumbnail?[images.Count];
        var decoding = new BoundedDecoding(images.Images, minSide);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, images.Count, options, i =>
        {
            try
            {
                decoding.Decode(images.Images[i], () => Read(i), (_, pixels) => Take(i, pixels), cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                problems[i] = ImageProblem.Describe(e);
            }

            meter.Add(1);
        });

        SkippedImage[] skipped =
            [.. problems.Index().Where(p => p.Item is not null).Select(p => new SkippedImage(images.Images[p.Index].Path, p.Item!))];
        if (skipped.Length == images.Count && images.Count > 0)
        {
            throw new TransferLearningException(
                $"none of the {images.Count} images of '{images.Name}' can be used; the first, '{skipped[0].Path}': {skipped[0].Reason}");
        }

        var summary = new ExtractionSummary
        {
            Seconds = meter.Seconds,
            CacheHits = 0,
            CacheMisses = 0,
            Skipped = skipped,
            Warnings = [],
        };
        var whole = new Extraction(
            images, new BottleneckMatrix(images.Count, 1, new float[images.Count]), contents, thumbnails, summary);
        return skipped.Length == 0 ? whole : whole.Select([.. Enumerable.Range(0, images.Count).Where(i => problems[i] is null)]);

        byte[] Read(int i)
        {
            LabeledImage image = images.Images[i];
            FileStamp? stamp = image.Stamp();
            byte[] content = image.ReadBytes();
            contents[i] = image.KnownKey(stamp) ?? ContentKey.Of(content);
            image.Remember(stamp, contents[i]);
            return content;
        }

        void Take(int i, RgbImage pixels)
        {
            thumbnails[i] = ImageThumbnail.Of(pixels);
            memory.Add(contents[i], PhotoReduction.Apply(pixels, inputSize));
        }
    }
}
