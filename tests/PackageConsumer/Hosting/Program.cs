using TransferLearning.Hosting;

// "MODEL IMAGE": prints the label that the service answers for the image.
WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddTransferModel(args[0]);
builder.Services.AddHealthChecks().AddTransferModels();

await using WebApplication app = builder.Build();
app.MapPost("/predict", async (HttpRequest request, IModelProvider models, CancellationToken cancellation) =>
    (await models.PredictAsync(request.Body, cancellation)).Label);
app.MapHealthChecks("/health");
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
if (await client.GetStringAsync("health") != "Healthy")
{
    throw new InvalidOperationException("the service is not healthy");
}

using var image = new ByteArrayContent(await File.ReadAllBytesAsync(args[1]));
using HttpResponseMessage answer = await client.PostAsync("predict", image);
Console.WriteLine(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
await app.StopAsync();
