using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TransferLearning.Hosting.Telemetry;
using TransferLearning.Models;

namespace TransferLearning.Hosting.Serving;

/// <summary>Finds models by their names, and disposes of them with the service container.</summary>
internal sealed class ModelProvider : IModelProvider, IAsyncDisposable, IDisposable
{
    private readonly ServingTelemetry _telemetry;
    private readonly Dictionary<string, ServedModel> _models;

    public ModelProvider(IServiceProvider services, IEnumerable<ModelRegistration> registrations)
    {
        IOptionsMonitor<TransferModelOptions> options = services.GetRequiredService<IOptionsMonitor<TransferModelOptions>>();
        ILogger logger = services.GetService<ILoggerFactory>()?.CreateLogger(ModelLog.Category) ?? NullLogger.Instance;
        TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _telemetry = new ServingTelemetry(services.GetService<IMeterFactory>());
        Models = [.. registrations.Select(r => new ServedModel(r.Name, options.Get(r.Name), _telemetry, logger, time))];
        _models = Models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        Names = [.. Models.Select(model => model.Name)];
    }

    public IReadOnlyList<ServedModel> Models { get; }

    public IReadOnlyList<string> Names { get; }

    public Task<Prediction> PredictAsync(Stream image, CancellationToken cancellationToken = default) =>
        PredictAsync(TransferModelOptions.DefaultName, image, cancellationToken);

    public Task<Prediction> PredictAsync(string name, Stream image, CancellationToken cancellationToken = default) =>
        Find(name).PredictAsync(image, cancellationToken);

    public ModelLease Rent(string name = TransferModelOptions.DefaultName)
    {
        ValueTask<ModelLease> lease = Find(name).RentAsync(CancellationToken.None);
        return lease.IsCompleted ? lease.Result : lease.AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServedModel model in Models)
        {
            await model.DisposeAsync().ConfigureAwait(false);
        }

        _telemetry.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private ServedModel Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _models.GetValueOrDefault(name) ?? throw new ArgumentException(
            $"there is no model '{name}': expected one of {string.Join(", ", Names)}, or another that is added with AddTransferModel",
            nameof(name));
    }
}
