using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Backbones;

public class CompactTests
{
    [Fact]
    public void Compact_needs_no_file()
    {
        Backbone compact = Backbone.Compact;

        compact.ShouldBeSameAs(Backbone.Compact);
        compact.FeatureSize.ShouldBe(384);
        compact.Preprocessing.ShouldBe(new ImagePreprocessing { Width = 128, Height = 128 });
        compact.Graph.Nodes.ShouldAllBe(n => n.OperatorName != "Cast");
    }

    [SkippableFact]
    public void Its_float16_weights_change_the_features_by_less_than_a_thousandth()
    {
        var original = Backbone.FromFile(SharedData.Network("compact_v0.onnx"));
        var photos = ImageDataset.FromFiles(SharedData.Photos(10));

        float[] expected = new BottleneckExtractor(original).Extract(photos).Bottlenecks.Values.ToArray();
        float[] actual = new BottleneckExtractor(Backbone.Compact).Extract(photos).Bottlenecks.Values.ToArray();

        actual.Zip(expected, (a, e) => Math.Abs(a - e)).Max().ShouldBeLessThan(1e-3f * expected.Max());
    }
}
