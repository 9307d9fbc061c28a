using TransferLearning;
using TransferLearning.Models;
using TransferLearning.Samples;

const long MaxImageBytes = 10 * 1024 * 1024;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
string modelFile = builder.Configuration["Model"] ?? throw new InvalidOperationException("name the model file: --Model FILE");

// Kestrel answers 413 to a larger body, and reads no more of it than this.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxImageBytes);

// Load the model once, before the first request: any number of requests may use it at a time.
using TransferModel model = TransferModel.Load(modelFile);

await using WebApplication app = builder.Build();

app.MapGet("/labels", () => model.Labels);

app.MapPost("/predict", async (HttpRequest request, CancellationToken cancellation) =>
{
    // A slow client must not hold a thread: read the body asynchronously, then decode it from memory.
    using var content = new MemoryStream();
    await request.Body.CopyToAsync(content, cancellation);
    try
    {
        Prediction prediction = model.Predict(content.GetBuffer().AsMemory(0, (int)content.Length));
        return Results.Ok(PredictionResponse.From(prediction));
    }
    catch (TransferLearningException e)
    {
        return Results.Problem(e.Message, statusCode: StatusCodes.Status415UnsupportedMediaType);
    }
});

await app.RunAsync();
