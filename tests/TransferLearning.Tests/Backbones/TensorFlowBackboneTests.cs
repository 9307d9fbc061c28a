using System.Text;
using Google.Protobuf;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Backbones;

public sealed class TensorFlowBackboneTests : IDisposable
{
    private const string MetaFile = "mobilenet_v2.meta";
    private const string OnnxFile = "mobilenet_v2_1.0_224.onnx";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_three_files_of_one_network_agree_on_real_photos()
    {
        ImageDataset photos = Photos(20);
        float[] onnx = Logits(photos, SharedData.Network(OnnxFile), "logits");

        // TensorFlow's logits begin with one for the background.
        float[] meta = [.. Logits(photos, SharedData.TensorFlowNetwork(MetaFile), null).Chunk(1001).SelectMany(row => row[1..])];
        float[] frozen = [.. Logits(photos, FrozenGraph(), null).Chunk(1001).SelectMany(row => row[1..])];

        meta.Length.ShouldBe(20 * 1000);
        RelativeDifference(meta, onnx).ShouldBeLessThan(1e-4);
        RelativeDifference(frozen, onnx).ShouldBeLessThan(1e-4);
    }

    [SkippableFact]
    public void The_networks_of_the_trainer_are_recognized_by_their_nodes()
    {
        var backbone = Backbone.FromFile(SharedData.TensorFlowNetwork(MetaFile));

        backbone.FeatureSize.ShouldBe(1001);
        backbone.Preprocessing.ShouldBe(
            new ImagePreprocessing { Width = 224, Height = 224, Normalization = PixelNormalization.ZeroToOne });
        Backbone.FromFile(FrozenGraph()).Fingerprint.ShouldBe(backbone.Fingerprint);
    }

    [SkippableFact]
    public void The_features_of_another_network_are_its_classifiers_input()
    {
        // The same network with nodes of other names.
        string frozen = Encoding.Latin1.GetString(File.ReadAllBytes(FrozenGraph()));
        string renamed = frozen.Replace("import/", "master/", StringComparison.Ordinal);

        var backbone = Backbone.FromFile(_folder.Write("other.pb", Encoding.Latin1.GetBytes(renamed)));

        backbone.FeatureSize.ShouldBe(1280);
        backbone.Preprocessing.ShouldBe(
            new ImagePreprocessing { Width = 224, Height = 224, Normalization = PixelNormalization.ZeroToOne },
            "the network's first nodes scale 0..1 to -1..1");
        backbone.Graph.Outputs[0].Name.ShouldBe("master/MobilenetV2/Logits/AvgPool");
    }

    [SkippableFact]
    public void Input_and_features_can_be_named()
    {
        const string Pooled = "import/MobilenetV2/Logits/AvgPool";
        string path = SharedData.TensorFlowNetwork(MetaFile);

        var pooled = Backbone.FromFile(path, new BackboneOptions { FeaturesName = $"{Pooled}:0" });

        pooled.FeatureSize.ShouldBe(1280);
        pooled.Preprocessing.Normalization.ShouldBe(PixelNormalization.ZeroToOne);
        var rescaled = Backbone.FromFile(path, new BackboneOptions
        {
            InputName = "import/rescale/sub",
            FeaturesName = Pooled,
            InputSize = 224,
            Normalization = PixelNormalization.Inception,
        });
        rescaled.FeatureSize.ShouldBe(1280);
        RelativeDifference(Features(Photos(2), rescaled), Features(Photos(2), pooled)).ShouldBeLessThan(1e-4);
        Should.Throw<TransferLearningException>(() => Backbone.FromFile(path, new BackboneOptions { FeaturesName = "nothing" }))
            .Message.ShouldContain("there is no node 'nothing'");
    }

    [SkippableFact]
    public void A_file_that_is_cut_short_or_something_else_is_named()
    {
        byte[] bytes = File.ReadAllBytes(SharedData.TensorFlowNetwork(MetaFile));

        Error(_folder.Write("cut.meta", bytes[..^1000])).ShouldContain("cut.meta");
        Error(_folder.Write("garbage.pb", "not a network at all")).ShouldContain("garbage.pb");
    }

    [SkippableFact]
    public void Fine_tuning_on_it_saves_a_model_that_predicts()
    {
        FineTuningResult result = TransferPipeline.FineTune(Photos(40))
            .WithBackbone(Backbone.FromFile(SharedData.TensorFlowNetwork(MetaFile)))
            .WithValidation(0.3)
            .Fit();
        string path = _folder.At("model.onnx");
        result.Model.Save(path);

        using var model = TransferModel.Load(path);

        result.Metrics.Accuracy.ShouldBeGreaterThan(0.7);
        string photo = Photos(1).Images[0].Path;
        model.Predict(photo).Probability.ShouldBe(result.Model.Predict(photo).Probability, 1e-5);
    }

    /// <summary>As many ants as bees.</summary>
    private static ImageDataset Photos(int count)
    {
        var all = ImageDataset.FromFolder(Path.Combine(SharedData.Data("hymenoptera"), "val"));
        return all.Select([.. all.Images.Index().GroupBy(p => p.Item.Label).SelectMany(g => g.Take((count + 1) / 2)).Select(p => p.Index)]);
    }

    private static float[] Logits(ImageDataset photos, string path, string? output) =>
        Features(photos, Backbone.FromFile(path, new BackboneOptions { FeaturesName = output }));

    private static float[] Features(ImageDataset photos, Backbone backbone) =>
        new BottleneckExtractor(backbone).Extract(photos).Bottlenecks.Values.ToArray();

    private static double RelativeDifference(float[] actual, float[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        return actual.Zip(expected, (a, e) => Math.Abs((double)a - e)).Max() / expected.Max(e => Math.Abs((double)e));
    }

    private static string Error(string path) => Should.Throw<TransferLearningException>(() => Backbone.FromFile(path)).Message;

    /// <summary>The GraphDef in the MetaGraphDef, its field 2, as a file.</summary>
    private string FrozenGraph()
    {
        using var input = new CodedInputStream(File.ReadAllBytes(SharedData.TensorFlowNetwork(MetaFile)));
        while (WireFormat.GetTagFieldNumber(input.ReadTag()) != 2)
        {
            input.SkipLastField();
        }

        return _folder.Write("mobilenet_v2.pb", input.ReadBytes().ToByteArray());
    }
}
