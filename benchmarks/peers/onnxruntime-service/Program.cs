using TransferLearning.Peers.OnnxRuntimeService;

// The settings are those of samples/AspNetCore; IntraOpThreads is the number of threads that share one image.
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string file = builder.Configuration["Model:File"] ?? throw new InvalidOperationException("name the model file: --Model:File FILE");
using var classifier = new PhotoClassifier(file, builder.Configuration.GetValue("IntraOpThreads", 1));
classifier.WarmUp();

await using WebApplication app = builder.Build();
app.MapPost("/predict", async (HttpRequest request, CancellationToken cancellation) =>
{
    using var body = new MemoryStream();
    await request.Body.CopyToAsync(body, cancellation);
    return await classifier.PredictAsync(body.GetBuffer().AsMemory(0, (int)body.Length), cancellation);
});
await app.RunAsync();
