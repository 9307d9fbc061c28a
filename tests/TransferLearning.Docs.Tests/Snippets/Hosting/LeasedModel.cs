using TransferLearning.Hosting;

namespace TransferLearning.Docs.Tests.Snippets.Hosting;

internal static class LeasedModel
{
    public static void Map(WebApplication app)
    {
        // begin
        app.MapGet("/labels", (IModelProvider models) =>
        {
            using ModelLease lease = models.Rent("birds");
            return lease.Model.Labels;
        });
        // end
    }
}
