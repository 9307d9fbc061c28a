using Microsoft.Extensions.Diagnostics.HealthChecks;
using TransferLearning.Hosting.Serving;

namespace TransferLearning.Hosting.Health;

/// <summary>
/// Unhealthy until all models are loaded; degraded where the file of one has changed and cannot be loaded, so that an older model predicts.
/// </summary>
internal sealed class TransferModelsHealthCheck(ModelProvider provider) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>();
        List<string> missing = [], outdated = [];
        foreach (ServedModel model in provider.Models)
        {
            data[$"{model.Name}.file"] = model.File;
            using ModelLease? lease = model.TryRent();
            if (lease is null)
            {
                missing.Add($"the model '{model.Name}' is not loaded");
                continue;
            }

            data[$"{model.Name}.loaded"] = lease.LoadedAt;
            data[$"{model.Name}.written"] = new DateTimeOffset(lease.Loaded.Stamp.Written);
            data[$"{model.Name}.labels"] = lease.Model.Labels;
            if (model.ReloadFailure is { } failure)
            {
                data[$"{model.Name}.reload_failure"] = failure;
                outdated.Add($"the model '{model.Name}' is older than its file, which cannot be loaded: {failure}");
            }
        }

        return Task.FromResult(
            missing.Count > 0 ? new HealthCheckResult(context.Registration.FailureStatus, Describe(missing), data: data)
            : outdated.Count > 0 ? HealthCheckResult.Degraded(Describe(outdated), data: data)
            : HealthCheckResult.Healthy(data: data));
    }

    private static string Describe(List<string> problems) => string.Join("; ", problems);
}
