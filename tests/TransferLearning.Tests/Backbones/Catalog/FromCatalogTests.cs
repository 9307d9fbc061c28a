using TransferLearning.Backbones;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.Backbones.Catalog;

public sealed class FromCatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileServer _server = new(UserCatalog.Network);

    private CatalogOptions Options => new()
    {
        Folder = _folder.At("networks"),
        CatalogFile = _folder.Write("own.json", UserCatalog.Json(_server.Address)),
    };

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_fetched_network_is_a_backbone()
    {
        await BackboneCatalog.Open(Options).FetchAsync("toy");

        var backbone = Backbone.FromCatalog("toy", Options);

        backbone.Name.ShouldBe("toy");
        backbone.FeatureSize.ShouldBe(Backbone.Compact.FeatureSize);
        backbone.Preprocessing.ShouldBe(Backbone.Compact.Preprocessing with { Resize = ResizeMode.CenterCrop }, "what the catalog says");
    }

    [Fact]
    public void A_network_that_is_not_there_is_not_fetched_without_being_asked()
    {
        TransferLearningException e = Should.Throw<TransferLearningException>(() => Backbone.FromCatalog("toy", Options));

        e.Message.ShouldContain("the network toy (");
        e.Message.ShouldContain("run 'transfer backbones fetch toy'");
        e.Message.ShouldContain($"It comes from '{_server.Address}toy.onnx', and is kept as '{_folder.At("networks/toy.onnx")}'");
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_network_that_is_not_there_is_fetched_where_that_is_allowed()
    {
        Backbone.FromCatalog("toy", Options with { AllowFetch = true }).FeatureSize.ShouldBe(384);
        Backbone.FromCatalog("toy", Options with { AllowFetch = true }).FeatureSize.ShouldBe(384);

        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void A_file_that_was_replaced_is_refused()
    {
        string file = _folder.Write("networks/toy.onnx", new byte[UserCatalog.Network.Length]);

        Should.Throw<TransferLearningException>(() => Backbone.FromCatalog("toy", Options))
            .Message.ShouldContain($"the file '{file}' is not the network toy of the catalog");
    }
}
