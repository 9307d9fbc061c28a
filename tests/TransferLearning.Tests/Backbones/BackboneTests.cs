using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Backbones;

public class BackboneTests
{
    [SkippableTheory]
    [InlineData("mobilenet_v2_1.0_224.onnx", 224, 1280)]
    [InlineData("mobilenet_v1_0.5_160.onnx", 160, 512)]
    [InlineData("mobilenet_v1_0.25_128.onnx", 128, 256)]
    [InlineData("compact_v0.onnx", 128, 384)]
    public void Size_and_features_are_found_in_the_network(string file, int size, int features)
    {
        var backbone = Backbone.FromFile(SharedData.Network(file));

        backbone.FeatureSize.ShouldBe(features);
        backbone.Preprocessing.ShouldBe(new ImagePreprocessing { Width = size, Height = size });
        backbone.Graph.Outputs.ShouldHaveSingleItem().Name.ShouldBe("features");
        backbone.Name.ShouldBe(Path.GetFileNameWithoutExtension(file));
    }

    [SkippableFact]
    public void The_fingerprint_depends_on_the_network_and_the_preprocessing()
    {
        string path = SharedData.Network("mobilenet_v1_0.25_128.onnx");
        string fingerprint = Backbone.FromFile(path).Fingerprint;

        Backbone.FromFile(path).Fingerprint.ShouldBe(fingerprint);
        fingerprint.Length.ShouldBe(64);
        string[] others =
        [
            Backbone.FromFile(path, new BackboneOptions { Resize = ResizeMode.CenterCrop }).Fingerprint,
            Backbone.FromFile(path, new BackboneOptions { Normalization = PixelNormalization.Torchvision }).Fingerprint,
            Backbone.FromFile(SharedData.Network("mobilenet_v1_0.5_160.onnx")).Fingerprint,
            Backbone.FromFile(SharedData.Network("compact_v0.onnx")).Fingerprint,
            Backbone.FromFile(SharedData.Network("compact_v0.onnx"), new BackboneOptions { InputSize = 96 }).Fingerprint,
        ];
        others.Append(fingerprint).Distinct().Count().ShouldBe(6);
    }

    [SkippableFact]
    public void Compact_runs_at_another_size_and_MobileNet_features_can_be_named()
    {
        Backbone.FromFile(SharedData.Network("compact_v0.onnx"), new BackboneOptions { InputSize = 96 }).Preprocessing.Width.ShouldBe(96);
        Backbone.FromFile(SharedData.Network("mobilenet_v1_0.25_128.onnx"), new BackboneOptions { FeaturesName = "logits" })
            .FeatureSize.ShouldBe(1000);
    }

    [SkippableFact]
    public void A_file_that_cannot_be_a_backbone_is_explained()
    {
        string path = SharedData.Network("compact_v0.onnx");
        using var folder = new TemporaryFolder();

        Error(() => Backbone.FromFile(folder.At("absent.onnx"))).ShouldContain("absent.onnx");
        Error(() => Backbone.FromFile(folder.Write("network.h5"))).ShouldContain("expected .onnx, .pb or .meta");
        Error(() => Backbone.FromFile(folder.Write("network.onnx", "no network"))).ShouldContain("network.onnx");
        Error(() => Backbone.FromFile(path, new BackboneOptions { FeaturesName = "nothing" })).ShouldContain("logits, features");
        Should.Throw<ArgumentOutOfRangeException>(() => Backbone.FromFile(path, new BackboneOptions { InputSize = 8 }));
    }

    private static string Error(Action action) => Should.Throw<TransferLearningException>(action).Message;
}
