using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TransferLearning.Hosting.Batching;
using TransferLearning.Hosting.Files;
using TransferLearning.Hosting.Telemetry;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Hosting.Serving;

/// <summary>Loads a model's file and warms the model up. Thread-safe.</summary>
internal sealed class ModelLoader(
    string name, TransferModelOptions options, PredictionGate gate, ServingTelemetry telemetry, ILogger logger, TimeProvider time)
{
    /// <summary>Loads the file, warms the model up, and checks that the file did not change meanwhile.</summary>
    /// <exception cref="TransferLearningException">The file cannot be loaded, or is being written.</exception>
    public async Task<LoadedModel> LoadAsync(CancellationToken cancellationToken)
    {
        using Activity? activity = telemetry.StartLoading(name);
        try
        {
            return await LoadUntracedAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ServingTelemetry.Fail(activity, e);
            throw;
        }
    }

    private async Task<LoadedModel> LoadUntracedAsync(CancellationToken cancellationToken)
    {
        FileStamp stamp = Stamp();
        ModelLoadOptions load = options.Load with { Limits = options.Load.Limits ?? ImageLimits.Untrusted };
        var model = TransferModel.Load(options.File, load);
        try
        {
            if (Stamp() != stamp)
            {
                throw new TransferLearningException($"'{options.File}' is being written");
            }

            if (options.WarmUp)
            {
                await model.WarmUpAsync(gate.Threads, options.Batching?.MaxImages ?? 1, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            model.Dispose();
            throw;
        }

        IPredictionRuns runs = options.Batching is { } batching
            ? new BatchedRuns(name, model, gate, batching, telemetry, time)
            : new SingleRuns(model, gate);
        return new LoadedModel(model, runs, stamp, time.GetUtcNow(), loaded => ModelLog.Disposed(logger, name, loaded.Time));
    }

    private FileStamp Stamp() => FileStamp.Of(options.File)
        ?? throw new TransferLearningException(
            $"the model '{name}' cannot be loaded: there is no file '{Path.GetFullPath(options.File)}', or it cannot be read; save a model "
            + "under this name, or correct the model's File");
}
