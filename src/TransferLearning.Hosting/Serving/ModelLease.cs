using TransferLearning.Hosting.Serving;
using TransferLearning.Models;

namespace TransferLearning.Hosting;

/// <summary>
/// The right to use a model that may be reloaded meanwhile: it is not disposed of before the lease is. Hold it for one piece of work, not
/// for the life of the application, which would never see a reloaded model.
/// </summary>
/// <remarks>Thread-safe. Disposing of it twice does nothing. Dispose of the lease only, not of the model.</remarks>
public sealed class ModelLease : IDisposable
{
    private LoadedModel? _loaded;

    internal ModelLease(string name, LoadedModel loaded) => (Name, _loaded) = (name, loaded);

    /// <summary>The name of the model.</summary>
    public string Name { get; }

    /// <summary>The model.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed of.</exception>
    public TransferModel Model => Loaded.Model;

    /// <summary>When the model was loaded.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed of.</exception>
    public DateTimeOffset LoadedAt => Loaded.Time;

    internal LoadedModel Loaded => Volatile.Read(ref _loaded) ?? throw new ObjectDisposedException(nameof(ModelLease));

    /// <summary>Gives the model back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _loaded, null)?.Return();
}
