using TransferLearning.Hosting.Batching;
using TransferLearning.Hosting.Files;
using TransferLearning.Models;

namespace TransferLearning.Hosting.Serving;

/// <summary>
/// A model with the number of those that use it. It is disposed of when it has been replaced and the last of them is done. Thread-safe.
/// </summary>
/// <param name="model">The model, which this owns.</param>
/// <param name="runs">Computes its predictions.</param>
/// <param name="stamp">Of the file that it was loaded from.</param>
/// <param name="time">When it was loaded.</param>
/// <param name="disposed">Called after the model was disposed of.</param>
internal sealed class LoadedModel(
    TransferModel model, IPredictionRuns runs, FileStamp stamp, DateTimeOffset time, Action<LoadedModel> disposed)
{
    // The first is that of the served model, which gives it back when it has another.
    private int _users = 1;

    public TransferModel Model => model;

    public IPredictionRuns Runs => runs;

    public FileStamp Stamp => stamp;

    public DateTimeOffset Time => time;

    /// <summary>Adds a user.</summary>
    /// <returns>False where the model is disposed of already.</returns>
    public bool TryRent()
    {
        int users = Volatile.Read(ref _users);
        while (users > 0)
        {
            int before = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (before == users)
            {
                return true;
            }

            users = before;
        }

        return false;
    }

    /// <summary>Takes a user off; with the last one, the model is disposed of.</summary>
    public void Return()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            runs.Dispose();
            model.Dispose();
            disposed(this);
        }
    }
}
