using System.Runtime.ExceptionServices;

namespace TransferLearning.Heads.Regularization;

/// <summary>Works on several folds in parallel.</summary>
internal static class FoldThreads
{
    /// <summary>Calls the body with 0..count - 1, on up to so many threads. Blocks.</summary>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    /// <exception cref="TransferLearningException">A fold's data cannot be used; thrown as it is, not wrapped.</exception>
    public static void Run(int count, int threads, Action<int> body, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<TransferLearningException>().FirstOrDefault() is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }
    }
}
