using TransferLearning.Backbones;
using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.MLNet.Vision.Weights;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests.Networks;

public sealed class NetworkFileTests
{
    public static TheoryData<MLNetNetwork> Networks => [.. Enum.GetValues<MLNetNetwork>()];

    [Theory]
    [InlineData(MLNetNetwork.ResNetV2101, "resnet_v2_101_299.meta", 299, "input", "resnet_v2_101/SpatialSqueeze")]
    [InlineData(MLNetNetwork.InceptionV3, "inception_v3.meta", 299, "input", "InceptionV3/Logits/SpatialSqueeze")]
    [InlineData(MLNetNetwork.MobileNetV2, "mobilenet_v2.meta", 224, "import/input", "import/MobilenetV2/Logits/Squeeze")]
    [InlineData(MLNetNetwork.ResNetV250, "resnet_v2_50_299.meta", 299, "input", "resnet_v2_50/SpatialSqueeze")]
    public void Each_network_has_the_trainers_file_size_and_nodes(
        MLNetNetwork network, string name, int size, string input, string bottleneck)
    {
        var file = NetworkFile.Of(network);

        file.Name.ShouldBe(name);
        file.Architecture.ShouldBe(new TensorFlowArchitecture(input, bottleneck, size));
    }

    [Fact]
    public void There_is_a_file_for_every_network() =>
        NetworkFile.All.Select(f => f.Network).ShouldBe(Enum.GetValues<MLNetNetwork>());

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_is_recognized_by_its_nodes(MLNetNetwork network)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("any-name.meta", GraphFile.Network(network));

        var options = MLNetRetrainerOptions.For(path);

        options.Network.ShouldBe(network);
        options.Weights!.Path.ShouldBe(path);
    }

    [Fact]
    public void Another_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        string other = folder.Write("other.pb", new GraphFile().Add("x", "Placeholder").ToBytes());

        Should.Throw<TransferLearningException>(() => MLNetRetrainerOptions.For(other)).Message
            .ShouldContain("expected resnet_v2_101_299.meta");
        Should.Throw<TransferLearningException>(() => MLNetRetrainerOptions.For(folder.Write("bad.meta", "text"))).Message
            .ShouldContain("not a TensorFlow graph");
        Should.Throw<TransferLearningException>(() => MLNetRetrainerOptions.For(folder.At("absent.meta"))).Message
            .ShouldContain("cannot be read");
    }

    [SkippableFact]
    public void The_shared_network_is_recognized_and_has_the_trainers_bottleneck()
    {
        string path = SharedData.TensorFlowNetwork("mobilenet_v2.meta");

        WeightsCheck.Problem(MLNetWeights.FromFile(path), NetworkFile.Of(MLNetNetwork.MobileNetV2)).ShouldBeNull();
        WeightsCheck.Problem(MLNetWeights.FromFile(path), NetworkFile.Of(MLNetNetwork.ResNetV250)).ShouldNotBeNull()
            .ShouldContain("MobileNetV2, not ResNetV250");
        Backbone.FromFile(path).FeatureSize.ShouldBe(NetworkFile.BottleneckSize);
    }
}
