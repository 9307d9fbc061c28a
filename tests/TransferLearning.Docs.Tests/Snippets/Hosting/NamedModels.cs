using TransferLearning.Hosting;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.Hosting;

internal static class NamedModels
{
    public static void Add(WebApplicationBuilder builder)
    {
        // begin
        builder.Services.AddTransferModel("flowers", builder.Configuration.GetSection("Models:Flowers"));
        builder.Services.AddTransferModel("birds", "birds.onnx", options =>
        {
            options.MaxQueued = 200;
            options.Batching = new ModelBatching { MaxImages = 8, MaxWait = TimeSpan.FromMilliseconds(2) };
            options.Load = new ModelLoadOptions { Limits = ImageLimits.Untrusted with { MaxBytes = 10_000_000 } };
        });
        // end
    }
}
