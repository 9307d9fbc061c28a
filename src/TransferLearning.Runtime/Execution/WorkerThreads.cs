namespace TransferLearning.Runtime.Execution;

/// <summary>Decides how many threads a piece of work gets: the one place where 0 becomes the number of processors.</summary>
internal static class WorkerThreads
{
    /// <summary>The number of threads to use, at least 1.</summary>
    /// <param name="requested">The number that was asked for; 0 for one per processor.</param>
    public static int Count(int requested) => requested > 0 ? requested : Environment.ProcessorCount;
}
