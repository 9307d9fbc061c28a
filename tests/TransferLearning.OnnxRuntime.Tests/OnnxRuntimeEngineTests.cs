using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Models;
using TransferLearning.Models.Predictions;
using TransferLearning.Strategies;
using TransferLearning.Strategies.FineTuning;
using TransferLearning.Tuning;

namespace TransferLearning.OnnxRuntime.Tests;

public sealed class OnnxRuntimeEngineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_can_run_on_this_machine()
    {
        OnnxRuntimeEngine.Cpu().Validate().ShouldBeEmpty();
        OnnxRuntimeEngine.Cpu().Name.ShouldBe("ONNX Runtime (CPU)");
    }

    [Fact]
    public void A_provider_that_the_native_library_lacks_is_named_with_the_package_to_add()
    {
        OnnxRuntimeEngine.Cuda().Validate().ShouldHaveSingleItem()
            .ShouldBe("the native library of ONNX Runtime 1.31.1 has no CUDA (its providers are CPUExecutionProvider): add the package "
                + "Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, and install the versions of CUDA and cuDNN that it "
                + "needs");
        OnnxRuntimeEngine.DirectML().Validate().ShouldHaveSingleItem().ShouldContain("Microsoft.ML.OnnxRuntime.DirectML");
        OnnxRuntimeEngine.CoreML().Validate().ShouldHaveSingleItem().ShouldContain("on macOS");
    }

    [Fact]
    public void A_pipeline_reports_a_missing_provider_before_any_image_is_read()
    {
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(DrawnImages.Set(4, "red", "blue"))
            .WithTinyBackbone().WithEngine(OnnxRuntimeEngine.Cuda()).WithoutBottleneckCache();

        Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Message.ShouldContain("has no CUDA");
    }

    [Fact]
    public void A_device_has_a_number_of_at_least_0() =>
        Should.Throw<ArgumentOutOfRangeException>(() => OnnxRuntimeEngine.Cuda(-1));

    [Fact]
    public void The_features_are_the_same_to_the_bit_with_any_number_of_threads()
    {
        ImageDataset images = DrawnImages.Set(15, "red", "blue");

        float[] one = [.. Parity.Extract(TinyBackbone.Value, images, OnnxRuntimeEngine.Cpu(), threads: 1).Values];
        float[] four = [.. Parity.Extract(TinyBackbone.Value, images, OnnxRuntimeEngine.Cpu(), threads: 4).Values];

        four.ShouldBe(one);
    }

    [SkippableTheory]
    [InlineData("mobilenet_v2_1.0_224.onnx")]
    [InlineData("compact_v0.onnx")]
    public void Photos_in_a_group_have_the_features_that_they_have_alone(string network)
    {
        Backbone backbone = SharedData.Backbone(network);
        string[] photos = SharedData.Photos(8);

        BottleneckMatrix together = Parity.Extract(backbone, ImageDataset.FromFiles(photos), OnnxRuntimeEngine.Cpu(), threads: 1);

        for (int i = 0; i < photos.Length; i++)
        {
            BottleneckMatrix alone = Parity.Extract(backbone, ImageDataset.FromFiles([photos[i]]), OnnxRuntimeEngine.Cpu());
            together.Row(i).ToArray().ShouldBe(alone.Row(0).ToArray(), photos[i]);
        }
    }

    [Fact]
    public void A_network_with_a_batch_of_one_written_into_it_is_run_image_by_image()
    {
        var backbone = Backbone.FromFile(
            _folder.Write("fixed.onnx", SmallNetworks.WithFixedBatch()),
            new BackboneOptions { Normalization = PixelNormalization.Inception });
        ImageDataset images = DrawnImages.Set(10, "red", "blue");

        float[] actual = [.. Parity.Extract(backbone, images, OnnxRuntimeEngine.Cpu()).Values];

        float[] expected = [.. Parity.Extract(backbone, images, EmbeddedEngine.Instance).Values];
        actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-5f * expected.Max(Math.Abs));
    }

    [Fact]
    public void No_images_give_no_features() =>
        Parity.Extract(TinyBackbone.Value, DrawnImages.Set(1, "red").Select([]), OnnxRuntimeEngine.Cpu()).Count.ShouldBe(0);

    [Fact]
    public void One_image_gives_one_row() =>
        Parity.Extract(TinyBackbone.Value, DrawnImages.Set(1, "red"), OnnxRuntimeEngine.Cpu()).Count.ShouldBe(1);

    [Fact]
    public void A_worker_takes_none_and_more_images_than_a_run_has()
    {
        EngineNetwork network = TinyBackbone.Value.Network;
        using INetworkSession session = OnnxRuntimeEngine.Cpu().Load(network);
        using INetworkWorker worker = session.CreateWorker();
        int count = (2 * session.ImagesPerRun) + 1, length = network.Height * network.Width * 3;
        float[] images = [.. Enumerable.Range(0, count * length).Select(i => MathF.Sin(i))];
        float[] all = new float[count * session.OutputLength], one = new float[session.OutputLength];

        worker.Run([], 0, []);
        worker.Run(images, count, all);

        worker.Run(images.AsSpan((count - 1) * length), 1, one);
        all[^one.Length..].ShouldBe(one);
    }

    [Fact]
    public async Task Several_threads_predict_with_one_model_at_the_same_time()
    {
        using TransferModel model = Train();
        byte[][] photos = [.. Enumerable.Range(0, 32).Select(i => DrawnImages.Disc(i % 2, i).File)];
        Prediction[] expected = [.. photos.Select(p => model.Predict(p))];

        Prediction[] actual = await Task.WhenAll(photos.Select(p => Task.Run(() => model.Predict(p))));

        actual.Select(p => p.Probability).ShouldBe(expected.Select(p => p.Probability));
    }

    [Fact]
    public void A_model_keeps_the_engine_of_its_pipeline_and_cannot_predict_once_disposed_of()
    {
        TransferModel model = Train();
        model.Engine.ShouldBeOfType<OnnxRuntimeEngine>();

        model.Dispose();

        Should.Throw<ObjectDisposedException>(() => model.Predict(DrawnImages.Disc(0, 1).File));
    }

    [Fact]
    public void A_model_of_one_engine_is_loaded_by_another()
    {
        string path = _folder.At("model.onnx");
        using TransferModel trained = Train();
        trained.Save(path);
        byte[] photo = DrawnImages.Disc(0, 5).File;

        using var embedded = TransferModel.Load(path);
        using var onnxRuntime = TransferModel.Load(path, new ModelLoadOptions { Engine = OnnxRuntimeEngine.Cpu() });

        embedded.Engine.ShouldBe(EmbeddedEngine.Instance);
        embedded.Predict(photo).Probability.ShouldBe(onnxRuntime.Predict(photo).Probability, 1e-4f);
    }

    [Fact]
    public void A_canceled_extraction_ends()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var extractor = new BottleneckExtractor(TinyBackbone.Value, null, new ExtractionOptions { Engine = OnnxRuntimeEngine.Cpu() });

        Should.Throw<OperationCanceledException>(() => extractor.Extract(DrawnImages.Set(8, "red"), null, source.Token));
    }

    [Fact]
    public void An_image_that_cannot_be_decoded_is_left_out_with_its_reason()
    {
        ImageDataset good = DrawnImages.Set(5, "red");
        var images = ImageDataset.FromImages([.. good.Images, LabeledImage.FromBytes(new byte[] { 1, 2, 3 }, "red", "bad.jpg")]);
        var extractor = new BottleneckExtractor(TinyBackbone.Value, null, new ExtractionOptions { Engine = OnnxRuntimeEngine.Cpu() });

        Extraction extraction = extractor.Extract(images);

        extraction.Bottlenecks.Count.ShouldBe(5);
        extraction.Summary.Skipped.ShouldHaveSingleItem().Path.ShouldBe("bad.jpg");
    }

    [Fact]
    public void Each_engine_has_its_own_features_in_the_cache()
    {
        var cache = new BottleneckCache(_folder.At("cache"));
        ImageDataset images = DrawnImages.Set(6, "red");
        ExtractionSummary Extract(INetworkEngine engine) =>
            new BottleneckExtractor(TinyBackbone.Value, cache, new ExtractionOptions { Engine = engine }).Extract(images).Summary;

        Extract(EmbeddedEngine.Instance).CacheMisses.ShouldBe(6);
        Extract(OnnxRuntimeEngine.Cpu()).CacheMisses.ShouldBe(6);

        Extract(EmbeddedEngine.Instance).CacheHits.ShouldBe(6);
        Extract(OnnxRuntimeEngine.Cpu()).CacheHits.ShouldBe(6);
        cache.Describe().Select(f => f.Backbone).ShouldBe(["tiny", "tiny (onnxruntime-cpu-1.31)"], ignoreOrder: true);
    }

    [Fact]
    public void Stages_and_networks_are_not_trained_by_it()
    {
        ImageDataset images = DrawnImages.Set(6, "red", "blue");

        Should.Throw<InvalidOptionsException>(() => TransferPipeline.FineTune(images, new FineTuningOptions { UnfrozenStages = 1 })
            .WithTinyBackbone().WithEngine(OnnxRuntimeEngine.Cpu()).Fit())
            .Message.ShouldContain("UnfrozenStages is 1, but ONNX Runtime (CPU) only runs networks, and does not train them");
    }

    private static TransferModel Train() => TransferPipeline.FineTune(DrawnImages.Set(10, "red", "blue"))
        .WithTinyBackbone().WithEngine(OnnxRuntimeEngine.Cpu()).WithoutBottleneckCache().Fit().Model;
}
