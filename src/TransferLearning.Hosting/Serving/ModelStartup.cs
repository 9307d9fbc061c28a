using Microsoft.Extensions.Hosting;

namespace TransferLearning.Hosting.Serving;

/// <summary>Loads all models and warms them up before the host takes requests. A model that cannot be loaded ends the start.</summary>
internal sealed class ModelStartup(ModelProvider provider) : IHostedService
{
    /// <exception cref="TransferLearningException">Models cannot be loaded; the message has all of them.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Task[] loading = [.. provider.Models.Select(model => LoadAsync(model, cancellationToken))];
        try
        {
            await Task.WhenAll(loading).ConfigureAwait(false);
        }
        catch (TransferLearningException)
        {
            TransferLearningException[] failures =
                [.. loading.SelectMany(task => task.Exception?.InnerExceptions ?? []).OfType<TransferLearningException>()];
            if (failures.Length == 1)
            {
                throw;
            }

            throw new TransferLearningException(
                $"{failures.Length} models cannot be loaded:"
                + string.Concat(failures.Select(e => $"{Environment.NewLine}- {e.Message}")),
                new AggregateException(failures));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task LoadAsync(ServedModel model, CancellationToken cancellationToken)
    {
        using ModelLease lease = await model.RentAsync(cancellationToken).ConfigureAwait(false);
    }
}
