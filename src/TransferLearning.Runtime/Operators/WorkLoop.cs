namespace TransferLearning.Runtime.Operators;

/// <summary>Loops whose ranges run on several threads.</summary>
internal static class WorkLoop
{
    /// <summary>
    /// The least work of one part of a loop, in operations of a nanosecond or less: waking another thread takes some microseconds.
    /// </summary>
    private const long MinPartWork = 32 * 1024;

    /// <summary>More parts than threads, as threads differ in speed where other programs run.</summary>
    private const int PartsPerThread = 4;

    /// <summary>
    /// Computes the items of a loop in ranges, on several threads where that pays. The result of an item must not depend on the range that
    /// it is in, so that it has the same bits on any number of threads.
    /// </summary>
    /// <param name="division">The threads; null for the calling thread alone.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="workPerItem">The work of one item: the number of elements that it reads, or of multiplications.</param>
    /// <param name="body">Computes the items from the first to the one before the second number.</param>
    public static void For(IWorkDivision? division, int items, long workPerItem, Action<int, int> body)
    {
        if (items == 0)
        {
            return;
        }

        long worth = items * Math.Max(1, workPerItem) / MinPartWork;
        int parts = division is null ? 1 : (int)Math.Min(Math.Min(worth, items), division.Threads * PartsPerThread);
        if (parts <= 1)
        {
            body(0, items);
            return;
        }

        division!.Run(parts, part => body((int)((long)items * part / parts), (int)((long)items * (part + 1) / parts)));
    }
}
