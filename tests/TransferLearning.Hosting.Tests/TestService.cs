using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TransferLearning.Tests;

namespace TransferLearning.Hosting.Tests;

/// <summary>A service with one model in a folder of its own, reloaded within some 20 milliseconds, or what a test configures.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private IHost? _host;
    private bool _isStarted;

    private TestService()
    {
    }

    public RecordedLogs Logs { get; } = new();

    public string File => _folder.At("model.onnx");

    public IModelProvider Models => Services.GetRequiredService<IModelProvider>();

    public IServiceProvider Services => _host!.Services;

    /// <summary>A path in the service's folder.</summary>
    public string At(string name) => _folder.At(name);

    public static async Task<TestService> StartAsync(
        Action<TransferModelOptions>? configure = null, Action<IServiceCollection, TestService>? add = null)
    {
        var service = new TestService();
        try
        {
            Classifier.Save(service.File, seed: 1, "cat", "dog");
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(service.Logs);
            builder.Services.AddHealthChecks().AddTransferModels();
            if (add is null)
            {
                builder.Services.AddTransferModel(service.File, options =>
                {
                    options.Reload = new ModelReload
                    {
                        PollInterval = TimeSpan.FromMilliseconds(20),
                        SettleTime = TimeSpan.FromMilliseconds(20),
                    };
                    configure?.Invoke(options);
                });
            }
            else
            {
                add(builder.Services, service);
            }

            service._host = builder.Build();
            await service._host.StartAsync();
            service._isStarted = true;
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    public Task<HealthReport> HealthAsync() => Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A host that did not start cannot be stopped.
        if (_host is not null && _isStarted)
        {
            await _host.StopAsync();
        }

        _host?.Dispose();

        _folder.Dispose();
    }
}
