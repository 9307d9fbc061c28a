using TransferLearning.Hosting;
using TransferLearning.Models;

namespace TransferLearning.Docs.Tests.Snippets.Hosting;

internal static class WebService
{
    public static WebApplication Create(string[] args)
    {
        // begin
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.AddTransferModel("flowers.onnx");
        builder.Services.AddHealthChecks().AddTransferModels();

        WebApplication app = builder.Build();
        app.MapPost("/predict", async (HttpRequest request, IModelProvider models, CancellationToken cancellation) =>
        {
            Prediction prediction = await models.PredictAsync(request.Body, cancellation);
            return new { prediction.Label, prediction.Probability, prediction.IsUnknown };
        });
        app.MapHealthChecks("/health");
        // end
        return app;
    }
}
