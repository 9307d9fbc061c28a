using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using TransferLearning.Hosting;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Samples;

const int MaxImageBytes = 10 * 1024 * 1024;
const string Ready = "ready";

// The settings lie beside the program, wherever it is started from.
WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});

// Kestrel answers 413 to a larger body, and reads no more of it than this.
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxImageBytes);

// The section has the model's file and options, such as Model:Batching:MaxImages. The model is loaded before the first request.
builder.Services.AddTransferModel(builder.Configuration.GetSection("Model"), options =>
    options.Load = new ModelLoadOptions { Limits = ImageLimits.Untrusted with { MaxBytes = MaxImageBytes } });
builder.Services.AddHealthChecks().AddTransferModels(tags: [Ready]);
builder.Services.AddProblemDetails().AddExceptionHandler<PredictionFailures>();

await using WebApplication app = builder.Build();
app.UseExceptionHandler();

app.MapPost("/predict", async (HttpRequest request, IModelProvider models, CancellationToken cancellation) =>
{
    // The whole body is the image, or one file of a form is.
    if (!request.HasFormContentType)
    {
        return Results.Ok(PredictionResponse.From(await models.PredictAsync(request.Body, cancellation)));
    }

    IFormCollection form = await request.ReadFormAsync(cancellation);
    if (form.Files is not [IFormFile file])
    {
        return Results.Problem(
            $"the form has {form.Files.Count} files: send one, the image", statusCode: StatusCodes.Status400BadRequest);
    }

    await using Stream image = file.OpenReadStream();
    return Results.Ok(PredictionResponse.From(await models.PredictAsync(image, cancellation)));
});

app.MapGet("/labels", (IModelProvider models) =>
{
    using ModelLease lease = models.Rent();
    return lease.Model.Labels;
});

// Live: the process answers. Ready: it has its models, and can be sent requests.
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });

await app.RunAsync();
