using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Tests.Formats;

namespace TransferLearning.Tests.Bottlenecks;

/// <summary>Features of views of real photos, on a tiny network.</summary>
public sealed class ViewExtractionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Views_are_the_same_for_any_number_of_threads_and_differ_from_the_image_and_from_each_other()
    {
        var photos = ImageDataset.FromFiles(SharedData.Photos(20));

        ViewExtraction one = Extract(photos, 3, cache: false, threads: 1), four = Extract(photos, 3, cache: false, threads: 4);
        BottleneckMatrix images = new BottleneckExtractor(TinyBackbone.Value).Extract(photos).Bottlenecks;

        one.Rows.ShouldBe(Enumerable.Range(0, 20));
        one.Views.Select(v => v.Values.ToArray()).ShouldBe(four.Views.Select(v => v.Values.ToArray()));
        BottleneckMatrix[] all = [images, .. one.Views];
        for (int image = 0; image < 20; image++)
        {
            all.Select(m => string.Join(' ', m.Row(image).ToArray())).Distinct().Count().ShouldBe(4);
        }
    }

    [SkippableFact]
    public void A_view_does_not_depend_on_the_name_of_the_file_or_on_the_other_images()
    {
        string[] photos = SharedData.Photos(6);
        string renamed = _folder.Write("renamed.jpg", File.ReadAllBytes(photos[4]));

        ViewExtraction all = Extract(ImageDataset.FromFiles(photos), 2, cache: false);
        ViewExtraction alone = Extract(ImageDataset.FromFiles([renamed]), 2, cache: false);

        alone.Views[1].Row(0).SequenceEqual(all.Views[1].Row(4)).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_second_run_takes_every_view_from_the_cache_and_more_views_cost_only_these()
    {
        var photos = ImageDataset.FromFiles(SharedData.Photos(10));

        ViewExtraction first = Extract(photos, 2), second = Extract(photos, 2), more = Extract(photos, 5);
        ExtractionSummary images = new BottleneckExtractor(TinyBackbone.Value, new BottleneckCache(_folder.At("cache")))
            .Extract(photos).Summary;

        (first.Summary.CacheHits, first.Summary.CacheMisses).ShouldBe((0, 20));
        (second.Summary.CacheHits, second.Summary.CacheMisses).ShouldBe((20, 0));
        (more.Summary.CacheHits, more.Summary.CacheMisses).ShouldBe((20, 30));
        (images.CacheHits, images.CacheMisses).ShouldBe((0, 10), "views are no images");
        more.Views.Take(2).Select(v => v.Values.ToArray()).ShouldBe(first.Views.Select(v => v.Values.ToArray()));
        second.Views.Select(v => v.Values.ToArray()).ShouldBe(first.Views.Select(v => v.Values.ToArray()));
    }

    [SkippableFact]
    public void Other_settings_are_other_views()
    {
        var photos = ImageDataset.FromFiles(SharedData.Photos(4));
        Extract(photos, 2);

        Extract(photos, 2, augmentation: ImageAugmentation.Photos with { MaxRotation = 11 }).Summary.CacheHits.ShouldBe(0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void Each_image_is_decoded_once_for_all_of_its_views(int views)
    {
        var decoder = new CountingDecoder();
        var options = new ImageDatasetOptions { Formats = ImageFormats.BuiltIn.Add(decoder) };
        string[] files = [.. Enumerable.Range(0, 5).Select(i =>
            _folder.Write($"{i}.toy", ToyDecoder.Encode(ImageFormats.BuiltIn.Decode(DrawnImages.Disc(i % 4, i).File))))];

        ViewExtraction extraction = Extract(ImageDataset.FromFiles(files, options), views);

        extraction.Views.Count.ShouldBe(views);
        decoder.Decoded.ShouldBe(5);
    }

    [Fact]
    public void A_damaged_image_is_left_out_with_the_reason()
    {
        string[] files = [.. Enumerable.Range(0, 4).Select(i => _folder.Write($"{i}.jpg", DrawnImages.Disc(i, i).File))];
        File.WriteAllBytes(files[1], [0xFF, 0xD8, 0xFF, 0xE0]);

        ViewExtraction extraction = Extract(ImageDataset.FromFiles(files), 2);

        extraction.Rows.ShouldBe([0, 2, 3]);
        extraction.Views.ShouldAllBe(v => v.Count == 3);
        extraction.Summary.Skipped.ShouldHaveSingleItem().Path.ShouldEndWith("1.jpg");
        extraction.Summary.CacheMisses.ShouldBe(6);
    }

    [SkippableFact]
    public void Progress_counts_images_and_says_how_many_views()
    {
        var reports = new List<ExtractionProgress>();
        var progress = new RelayedProgress(reports);

        new BottleneckExtractor(TinyBackbone.Value).ExtractViews(
            ImageDataset.FromFiles(SharedData.Photos(5)), ImageAugmentation.Photos, 3, progress, CancellationToken.None);

        (reports[^1].Done, reports[^1].Total, reports[^1].Views).ShouldBe((5, 5, 3));
    }

    [SkippableFact]
    public void What_a_canceled_run_has_finished_is_in_the_cache()
    {
        var photos = ImageDataset.FromFiles(SharedData.Photos(30));
        var extractor = new BottleneckExtractor(
            TinyBackbone.Value, new BottleneckCache(_folder.At("cache")), new ExtractionOptions { Threads = 1 });
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelingProgress(cancellation);

        Should.Throw<OperationCanceledException>(
            () => extractor.ExtractViews(photos, ImageAugmentation.Photos, 4, progress, cancellation.Token));

        ExtractionSummary next = Extract(photos, 4).Summary;
        next.CacheHits.ShouldBeInRange(4, 116);
        (next.CacheHits + next.CacheMisses).ShouldBe(120);
    }

    private ViewExtraction Extract(
        ImageDataset data, int views, bool cache = true, int threads = 2, ImageAugmentation? augmentation = null) =>
        new BottleneckExtractor(
            TinyBackbone.Value, cache ? new BottleneckCache(_folder.At("cache")) : null, new ExtractionOptions { Threads = threads })
            .ExtractViews(data, augmentation ?? ImageAugmentation.Photos, views, null, CancellationToken.None);

    private sealed class RelayedProgress(List<ExtractionProgress> reports) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value)
        {
            lock (reports)
            {
                reports.Add(value);
            }
        }
    }

    private sealed class CancelingProgress(CancellationTokenSource cancellation) : IProgress<ExtractionProgress>
    {
        public void Report(ExtractionProgress value) => cancellation.Cancel();
    }

    private sealed class CountingDecoder : IImageDecoder
    {
        private readonly ToyDecoder _toy = new();
        private int _decoded;

        public int Decoded => _decoded;

        public string FormatName => _toy.FormatName;

        public IReadOnlyList<string> Extensions => _toy.Extensions;

        public bool Matches(ReadOnlySpan<byte> data) => _toy.Matches(data);

        public RgbImage Decode(ReadOnlySpan<byte> data, DecoderOptions options)
        {
            Interlocked.Increment(ref _decoded);
            return _toy.Decode(data, options);
        }
    }
}
