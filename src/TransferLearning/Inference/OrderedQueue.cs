namespace TransferLearning.Inference;

/// <summary>
/// Gives out images in their order. Groups get smaller towards the end, so that all threads finish at the same time. Thread-safe.
/// </summary>
/// <param name="images">The positions of the images in the data set.</param>
/// <param name="threads">The number of threads that take images.</param>
internal sealed class OrderedQueue(int[] images, int threads) : IImageQueue
{
    private int _next;

    public int Count => images.Length;

    public int Take(Span<int> group)
    {
        while (true)
        {
            int start = Volatile.Read(ref _next);
            int left = images.Length - start;
            int size = Math.Min(left, Math.Clamp(left / (2 * threads), 1, group.Length));
            if (size <= 0)
            {
                return 0;
            }

            if (Interlocked.CompareExchange(ref _next, start + size, start) == start)
            {
                images.AsSpan(start, size).CopyTo(group);
                return size;
            }
        }
    }
}
