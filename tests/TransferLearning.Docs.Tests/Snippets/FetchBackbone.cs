using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.Strategies;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class FetchBackbone
{
    public static async Task RunAsync()
    {
        // begin
        var options = new CatalogOptions { Folder = "networks", From = "/media/mirror" };
        BackboneCatalog catalog = BackboneCatalog.Open(options);
        await catalog.FetchAsync("resnet50-v1-12");

        Backbone backbone = Backbone.FromCatalog("resnet50-v1-12", options);
        FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(backbone).Fit();
        // end
    }
}
