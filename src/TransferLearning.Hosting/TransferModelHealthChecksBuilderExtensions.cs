using Microsoft.Extensions.Diagnostics.HealthChecks;
using TransferLearning.Hosting.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of image classifiers to the health checks of an application.</summary>
/// <remarks>Thread-safe as far as the builder is.</remarks>
public static class TransferModelHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds one check of all models: unhealthy until they are loaded; degraded where a changed file cannot be loaded and an older model
    /// predicts. Its data has, for each model, <c>NAME.file</c>, <c>NAME.loaded</c>, <c>NAME.written</c> (of the file), <c>NAME.labels</c>
    /// and <c>NAME.reload_failure</c>.
    /// </summary>
    /// <param name="builder">From <c>AddHealthChecks()</c>.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status before the models are loaded; null for unhealthy.</param>
    /// <param name="tags">Tags by which an application chooses checks, such as <c>ready</c>; null for none.</param>
    public static IHealthChecksBuilder AddTransferModels(
        this IHealthChecksBuilder builder,
        string name = "transfer-models",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<TransferModelsHealthCheck>(name, failureStatus, tags ?? []);
    }
}
