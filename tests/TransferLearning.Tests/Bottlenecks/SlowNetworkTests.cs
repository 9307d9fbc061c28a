using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Tests.Bottlenecks;

public class SlowNetworkTests
{
    [SkippableFact]
    public void A_network_with_operators_without_a_kernel_is_named_in_one_warning()
    {
        var photos = ImageDataset.FromFiles(SharedData.Photos(3));
        Backbone backbone = Network("Asin");
        var extractor = new BottleneckExtractor(backbone);

        ExtractionSummary first = extractor.Extract(photos).Summary, second = extractor.Extract(photos).Summary;

        string warning = first.Add(second).Warnings.ShouldHaveSingleItem();
        warning.ShouldContain("'small' has operators without a kernel");
        warning.ShouldContain("Asin (1 node, about ");
    }

    [SkippableFact]
    public void A_network_whose_operators_have_kernels_gives_no_warning()
    {
        var photos = ImageDataset.FromFiles(SharedData.Photos(3));

        new BottleneckExtractor(Network("Sigmoid")).Extract(photos).Summary.Warnings.ShouldBeEmpty();
    }

    private static Backbone Network(string activation)
    {
        var b = new GraphBuilder("small", 13, seed: 1);
        string x = b.Node(activation, [b.Conv(b.Input("input", 1, 3, 64, 64), 8, 3, 2)]);
        Graph graph = b.Output(b.Flatten(b.GlobalAveragePool(x)), "features").Build();
        return Backbone.FromGraph("small", graph, new BackboneOptions { FeaturesName = "features" }, null);
    }
}
