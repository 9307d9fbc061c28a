using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Tests.Backbones.Preprocessing;

public sealed class BackbonePreprocessingTests : IDisposable
{
    private const string File = "mobilenet_v1_0.25_128.onnx";

    private const string Torchvision = """
        {
          "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "rescale_factor": 0.00392156862745098,
          "size": {"shortest_edge": 146}, "do_center_crop": true, "crop_size": 128, "resample": 3
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_file_beside_the_network_gives_the_features_of_the_same_options()
    {
        string path = Network();
        _folder.Write("preprocessor_config.json", Torchvision);
        var beside = Backbone.FromFile(path);
        var given = Backbone.FromFile(SharedData.Network(File), new BackboneOptions
        {
            Normalization = PixelNormalization.Torchvision,
            Resize = ResizeMode.CenterCrop,
            CropFraction = 128f / 146,
            Interpolation = Interpolation.Bicubic,
        });

        Features(beside).ShouldBe(Features(given));
        beside.Fingerprint.ShouldBe(given.Fingerprint);
        (beside.PreprocessingSource, given.PreprocessingSource).ShouldBe((PreprocessingSource.Sidecar, PreprocessingSource.Options));
        beside.PreprocessingReason.ShouldBe("image_mean and image_std of preprocessor_config.json");
    }

    [SkippableFact]
    public void Each_source_yields_to_those_before_it()
    {
        Graph graph = OnnxReader.Read(SharedData.Network(File));
        string denoted = Write(graph, ("Image.NominalPixelRange", "Normalized_0_1"), ("Image.BitmapPixelFormat", "Bgr8"));
        (PreprocessingSource, PixelNormalization) Of(string path, BackboneOptions? options = null)
        {
            var backbone = Backbone.FromFile(path, options);
            return (backbone.PreprocessingSource, backbone.Preprocessing.Normalization);
        }

        Of(Write(graph)).ShouldBe((PreprocessingSource.Assumed, PixelNormalization.Inception));
        Of(denoted).ShouldBe((PreprocessingSource.Denotation, PixelNormalization.ZeroToOne with { ChannelOrder = ChannelOrder.Bgr }));
        _folder.Write("preprocessor_config.json", Torchvision);
        Of(denoted).ShouldBe((PreprocessingSource.Sidecar, PixelNormalization.Torchvision));
        Of(Write(graph, ("transferlearning.preprocessing", """
            {"width":128,"height":128,"resize":"Pad","mean":[1,2,3],"scale":[4,5,6],"channels":"bgr"}
            """))).ShouldBe((PreprocessingSource.Metadata, new PixelNormalization(1, 2, 3, 4, 5, 6) { ChannelOrder = ChannelOrder.Bgr }));
        Of(denoted, new BackboneOptions { Normalization = PixelNormalization.Caffe }).ShouldBe(
            (PreprocessingSource.Options, PixelNormalization.Caffe));
        Of(denoted, new BackboneOptions { Normalization = PixelNormalization.Caffe, ChannelOrder = ChannelOrder.Rgb }).ShouldBe(
            (PreprocessingSource.Options, PixelNormalization.Caffe with { ChannelOrder = ChannelOrder.Rgb }));
        Of(denoted, new BackboneOptions { ChannelOrder = ChannelOrder.Bgr }).ShouldBe(
            (PreprocessingSource.Sidecar, PixelNormalization.Torchvision with { ChannelOrder = ChannelOrder.Bgr }));
    }

    [SkippableFact]
    public void A_malformed_file_is_named_and_options_that_contradict_are_refused()
    {
        string path = Network();
        string malformed = _folder.Write("preprocessor_config.json", """{"image_mean": [1, 2], "image_std": [1, 1, 1]}""");

        string message = Should.Throw<TransferLearningException>(() => Backbone.FromFile(path)).Message;

        message.ShouldContain(path);
        message.ShouldContain(malformed);
        message.ShouldContain("image_mean");
        var both = new BackboneOptions { Normalization = PixelNormalization.Caffe, MeasureNormalization = true };
        Should.Throw<ArgumentException>(() => Backbone.FromFile(path, both)).Message.ShouldContain("MeasureNormalization");
        Should.Throw<ArgumentOutOfRangeException>(() => new BackboneOptions { CropFraction = 0 });
    }

    [SkippableFact]
    public void A_network_with_a_classifier_and_its_saved_model_keep_all_settings()
    {
        string path = Network();
        float[] mean = [.. Enumerable.Range(0, 128 * 128 * 3).Select(i => i / 300f)];
        var options = new BackboneOptions
        {
            Normalization = PixelNormalization.Caffe,
            Resize = ResizeMode.Pad,
            CropFraction = 0.9f,
            Interpolation = Interpolation.Bicubic,
            MeanImagePath = _folder.Write("mean.npy", NpyFile.Of(mean, 3, 128, 128)),
        };
        string photo = SharedData.Photos(1)[0], saved = _folder.At("saved.onnx");

        using var network = TransferModel.FromNetwork(path, options: options);
        network.Save(saved);
        using var model = TransferModel.Load(saved);

        model.Preprocessing.ShouldBe(new ImagePreprocessing
        {
            Width = 128,
            Height = 128,
            Resize = ResizeMode.Pad,
            CropFraction = 0.9f,
            Interpolation = Interpolation.Bicubic,
            Normalization = new PixelNormalization(0, 0, 0, 1, 1, 1) { ChannelOrder = ChannelOrder.Bgr },
        });
        model.Predict(photo).Probabilities.ToArray().ShouldBe(network.Predict(photo).Probabilities.ToArray());
        Backbone.FromFile(saved).Preprocessing.ShouldBe(model.Preprocessing);
    }

    private static float[] Features(Backbone backbone) =>
        new BottleneckExtractor(backbone).Extract(ImageDataset.FromFiles(SharedData.Photos(3))).Bottlenecks.Values.ToArray();

    private string Network() => _folder.Copy(SharedData.Network(File), "network.onnx");

    private string Write(Graph graph, params (string Key, string Value)[] metadata)
    {
        string path = _folder.At($"network{metadata.Length}.onnx");
        IEnumerable<KeyValuePair<string, string>> added = metadata.Select(m => KeyValuePair.Create(m.Key, m.Value));
        OnnxWriter.WriteFile(graph with { Metadata = graph.Metadata.AddRange(added) }, path);
        return path;
    }
}
