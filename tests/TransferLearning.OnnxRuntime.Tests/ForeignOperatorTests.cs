using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Inference;
using TransferLearning.Models;
using TransferLearning.Models.Predictions;
using TransferLearning.Strategies;

namespace TransferLearning.OnnxRuntime.Tests;

/// <summary>Networks with operators that the embedded engine does not compute.</summary>
public sealed class ForeignOperatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("foreign")]
    [InlineData("control-flow")]
    [InlineData("newer")]
    public void They_run_and_have_the_features_of_the_same_network_in_common_operators(string network)
    {
        ImageDataset images = DrawnImages.Set(9, "red", "blue");

        Backbone foreign = ReadNamed(network);

        foreign.FeatureSize.ShouldBe(SmallNetworks.Features);
        float[] actual = [.. Parity.Extract(foreign, images, OnnxRuntimeEngine.Cpu()).Values];
        float[] expected = [.. Parity.Extract(Read("plain", SmallNetworks.Plain()), images, EmbeddedEngine.Instance).Values];
        actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-5f * expected.Max(Math.Abs));
    }

    [Fact]
    public void The_embedded_engine_refuses_them_before_any_image_is_read()
    {
        Backbone foreign = Read("foreign", SmallNetworks.WithForeignOperator());
        string[] absent = [_folder.Write("a/absent.jpg"), _folder.Write("b/absent.jpg")];

        InvalidOptionsException error = Should.Throw<InvalidOptionsException>(
            () => TransferPipeline.FineTune(_folder.Path).WithBackbone(foreign).WithoutBottleneckCache().Fit());

        absent.Length.ShouldBe(2);
        error.Problems.ShouldContain(p => p.Contains("the backbone 'foreign'", StringComparison.Ordinal)
            && p.Contains("QuickGelu of the domain 'com.microsoft'", StringComparison.Ordinal)
            && p.Contains("--engine onnxruntime", StringComparison.Ordinal));
    }

    [Fact]
    public void An_extraction_by_the_embedded_engine_says_why_it_cannot_run()
    {
        var extractor = new BottleneckExtractor(Read("foreign", SmallNetworks.WithForeignOperator()));

        Should.Throw<TransferLearningException>(() => extractor.Extract(DrawnImages.Set(1, "red")))
            .Message.ShouldStartWith("the backbone 'foreign' cannot run: the embedded engine cannot run it: ");
    }

    [Fact]
    public void A_network_that_ONNX_Runtime_refuses_is_named_with_the_reason()
    {
        Backbone unknown = Read("unknown", SmallNetworks.WithUnknownOperator());

        TransferLearningException error = Should.Throw<TransferLearningException>(
            () => Parity.Extract(unknown, DrawnImages.Set(1, "red"), OnnxRuntimeEngine.Cpu()));

        error.Message.ShouldContain("the backbone 'unknown' cannot run: ONNX Runtime (CPU) 1.31.1 refuses it");
        error.Message.ShouldContain("NoSuchOperator");
    }

    [Theory]
    [InlineData("foreign")]
    [InlineData("control-flow")]
    [InlineData("newer")]
    public void A_trained_model_is_one_file_that_the_engine_loads_again(string network)
    {
        Backbone backbone = ReadNamed(network);
        ImageDataset images = DrawnImages.Set(12, "red", "blue");
        FineTuningResult result = TransferPipeline.FineTune(images)
            .WithBackbone(backbone).WithEngine(OnnxRuntimeEngine.Cpu()).WithoutBottleneckCache().Fit();
        using TransferModel trained = result.Model;
        string path = _folder.At("model.onnx");
        byte[] photo = DrawnImages.Disc(color: 1, seed: 77).File;

        trained.Save(path);
        using var loaded = TransferModel.Load(path, new ModelLoadOptions { Engine = OnnxRuntimeEngine.Cpu() });
        Prediction prediction = loaded.Predict(photo);

        prediction.Probabilities.ToArray().ShouldBe(trained.Predict(photo).Probabilities.ToArray());
        loaded.PredictAll(images).Count(p => p.Prediction is not null).ShouldBe(images.Count);
        Should.Throw<TransferLearningException>(() => TransferModel.Load(path))
            .Message.ShouldContain("model.onnx': the embedded engine cannot run it: ");
        TransferModel.DescribeFile(path).Labels.ShouldBe(["blue", "red"]);
    }

    [Fact]
    public void Shapes_behind_such_an_operator_are_those_that_the_file_declares()
    {
        Read("declared", SmallNetworks.WithProductAsClassifier(declared: true)).FeatureSize.ShouldBe(SmallNetworks.Features);

        Should.Throw<TransferLearningException>(() => Read("undeclared", SmallNetworks.WithProductAsClassifier(declared: false)))
            .Message.ShouldContain("no features were found");
    }

    [Fact]
    public void A_backbone_is_saved_and_read_again_with_them()
    {
        Backbone backbone = Read("foreign", SmallNetworks.WithForeignOperator());
        string path = _folder.At("saved.onnx");

        backbone.Save(path);

        Backbone.FromFile(path).Fingerprint.ShouldBe(backbone.Fingerprint);
    }

    [Fact]
    public void Other_attributes_of_such_an_operator_make_another_fingerprint()
    {
        byte[] network = SmallNetworks.WithForeignOperator();
        byte[] changed = [.. network];
        byte[] alpha = BitConverter.GetBytes(1.702f);
        BitConverter.GetBytes(1.5f).CopyTo(changed.AsSpan(changed.AsSpan().LastIndexOf(alpha)));

        Read("changed", changed).Fingerprint.ShouldNotBe(Read("foreign", network).Fingerprint);
    }

    [Fact]
    public void A_model_is_trained_further_by_the_engine()
    {
        Backbone backbone = Read("foreign", SmallNetworks.WithForeignOperator());
        ImageDataset images = DrawnImages.Set(12, "red", "blue");
        string path = _folder.At("model.onnx");
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(images)
            .WithEngine(OnnxRuntimeEngine.Cpu()).WithoutBottleneckCache();
        using TransferModel first = pipeline.WithBackbone(backbone).Fit().Model;
        first.Save(path);

        using TransferModel continued = pipeline.ContinueFrom(path).Fit().Model;

        continued.Labels.ShouldBe(first.Labels);
    }

    private Backbone ReadNamed(string name) => Read(name, name switch
    {
        "foreign" => SmallNetworks.WithForeignOperator(),
        "control-flow" => SmallNetworks.WithControlFlow(),
        "newer" => SmallNetworks.WithNewerOperatorSet(),
        _ => throw new ArgumentException($"no network {name}", nameof(name)),
    });

    private Backbone Read(string name, byte[] network) => Backbone.FromFile(
        _folder.Write($"{name}.onnx", network), new BackboneOptions { Normalization = PixelNormalization.Inception });
}
