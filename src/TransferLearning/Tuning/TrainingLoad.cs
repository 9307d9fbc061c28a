using System.Runtime.ExceptionServices;

namespace TransferLearning.Tuning;

/// <summary>Loads the images of a step on several threads.</summary>
internal static class TrainingLoad
{
    /// <param name="count">The number of images.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="load">Loads one of them.</param>
    /// <exception cref="TransferLearningException">An image cannot be read: the first that was found.</exception>
    public static void Run(int count, ParallelOptions options, Action<int> load)
    {
        try
        {
            Parallel.For(0, count, options, load);
        }
        catch (AggregateException e)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
