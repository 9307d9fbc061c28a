using TransferLearning.Backbones;
using TransferLearning.MLNet.Networks;
using TransferLearning.MLNet.Weights;

namespace TransferLearning.MLNet.Tests.Networks;

public sealed class NetworkFileTests
{
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
        file.Architecture.ShouldBe(new MLNetArchitecture(input, bottleneck, size));
    }

    [Fact]
    public void There_is_a_file_for_every_network() =>
        NetworkFile.All.Select(f => f.Network).ShouldBe(Enum.GetValues<MLNetNetwork>());

    [SkippableFact]
    public void The_shared_network_is_recognised_and_has_the_trainers_bottleneck()
    {
        string path = SharedData.TensorFlowNetwork("mobilenet_v2.meta");

        WeightsCheck.Problem(MLNetWeights.FromFile(path), NetworkFile.Of(MLNetNetwork.MobileNetV2)).ShouldBeNull();
        WeightsCheck.Problem(MLNetWeights.FromFile(path), NetworkFile.Of(MLNetNetwork.ResNetV250)).ShouldNotBeNull()
            .ShouldContain("MobileNetV2, not ResNetV250");
        Backbone.FromFile(path).FeatureSize.ShouldBe(NetworkFile.BottleneckSize);
    }
}
