using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;
using TransferLearning.Models;

namespace TransferLearning.Tests.Inference;

public sealed class DecodingMemoryTests : IDisposable
{
    // 3 bytes per pixel and, at 4:2:0, 1.5 rounded up to 2.
    private const int Side = 2048;

    private static readonly byte[] Large = Encode(Side);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_decode_only_as_many_images_at_a_time_as_fit_into_the_memory()
    {
        const long memory = 50L << 20;
        int active = 0;
        int most = 0;
        LabeledImage[] images = [.. Enumerable.Range(0, 24).Select(i => LabeledImage.FromBytes(Large, "a", $"{i}.jpg")
            .WithLimits(new ImageLimits { MaxMemory = memory }))];
        var decoding = new BoundedDecoding(images, minSide: 1);

        Parallel.ForEach(images, new ParallelOptions { MaxDegreeOfParallelism = 8 }, image => decoding.Decode(
            image,
            image.ReadBytes,
            (_, _) =>
            {
                int now = Interlocked.Increment(ref active);
                most = Math.Max(most, now);
                Thread.Sleep(5);
                Interlocked.Decrement(ref active);
            },
            CancellationToken.None));

        most.ShouldBeInRange(1, 2);
        decoding.Budget.Peak.ShouldBeLessThanOrEqualTo(memory);
    }

    [Fact]
    public void An_image_that_takes_more_than_all_memory_is_skipped_by_name_and_the_others_are_used()
    {
        _folder.Write("red/large.jpg", Large);
        _folder.Write("red/1.jpg", DrawnImages.Disc(0, 1).File);
        _folder.Write("blue/2.jpg", DrawnImages.Disc(1, 2).File);
        var options = new ImageDatasetOptions { Limits = new ImageLimits { MaxMemory = 5 << 20 } };

        ExtractionSummary summary = new BottleneckExtractor(TinyBackbone.Value)
            .Extract(ImageDataset.Open(_folder.Path, options)).Summary;

        SkippedImage skipped = summary.Skipped.ShouldHaveSingleItem();
        skipped.Path.ShouldEndWith("large.jpg");
        skipped.Reason.ShouldContain("ImageLimits.MaxMemory");
        summary.CacheMisses.ShouldBe(2);
    }

    [Fact]
    public void A_large_file_is_counted_before_it_is_read()
    {
        byte[] padded = [.. Large, .. new byte[2 << 20]];
        _folder.Write("1.jpg", padded);
        LabeledImage image = LabeledImage.FromFile(_folder.At("1.jpg")).WithLimits(new ImageLimits { MaxMemory = 64L << 20 });
        var decoding = new BoundedDecoding([image], minSide: 1);
        long before = 0L;

        decoding.Decode(
            image,
            () =>
            {
                before = decoding.Budget.Peak;
                return image.ReadBytes();
            },
            (_, _) => { },
            CancellationToken.None);

        before.ShouldBeGreaterThan(padded.Length + (Side * Side * 3));
        decoding.Budget.Peak.ShouldBe(before);
    }

    [Fact]
    public void Canceling_ends_an_extraction_that_waits_for_memory()
    {
        using var canceled = new CancellationTokenSource();
        LabeledImage[] images = [.. Enumerable.Range(0, 400).Select(i => LabeledImage.FromBytes(Large, "a", $"{i}.jpg")
            .WithLimits(new ImageLimits { MaxMemory = 25L << 20 }))];
        var extractor = new BottleneckExtractor(TinyBackbone.Value, null, new ExtractionOptions { Threads = 8 });
        canceled.CancelAfter(TimeSpan.FromMilliseconds(300));

        Should.Throw<OperationCanceledException>(() => extractor.Extract(ImageDataset.FromImages(images), null, canceled.Token));
    }

    [Fact]
    public void Training_and_prediction_see_the_same_pixels_of_a_very_large_image()
    {
        byte[] file = HostileFiles.FlatJpeg(7000, progressive: false);
        using TransferModel model = TransferPipeline
            .FineTune(DrawnImages.Set(12, "blue", "red")).WithTinyBackbone().WithSharedBottlenecks().Fit().Model;
        var image = LabeledImage.FromBytes(file, null);

        Prediction alone = model.Predict(file);
        ImagePrediction together = model.PredictAll(ImageDataset.FromImages([image])).ShouldHaveSingleItem();

        together.Prediction.ShouldNotBeNull().Probabilities.ToArray().ShouldBe(alone.Probabilities.ToArray());
        image.Decode(file).Width.ShouldBe(1750);
    }

    private static byte[] Encode(int side)
    {
        byte[] pixels = new byte[side * side * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(i / 3 % side / 8);
        }

        return JpegEncoder.Encode(new RgbImage(side, side, pixels), 80);
    }
}
