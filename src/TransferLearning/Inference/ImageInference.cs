using System.Runtime.ExceptionServices;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Inference;

/// <summary>
/// Runs images through a network on several threads. Each thread reads, decodes and computes a few images at a time, so that no processor
/// waits for another. Serves one run.
/// </summary>
internal sealed class ImageInference(
    IReadOnlyList<LabeledImage> images, CompiledNetwork network, ImagePreprocessing preprocessing, IInferenceSink sink, int threads)
{
    /// <summary>The number of images that go through the network together and share its weights in the processor's cache.</summary>
    private const int GroupSize = 8;

    private readonly BoundedDecoding _decoding = new(images, preprocessing.MinSourceSide);
    private int _next;

    /// <summary>Runs some of the images.</summary>
    /// <param name="indices">
    /// The positions of the images. The sink is called for each exactly once, in any order, unless the work stops early.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public void Run(int[] indices, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new Task[Math.Min(threads, indices.Length)];
        for (int t = 0; t < tasks.Length; t++)
        {
            tasks[t] = Task.Factory.StartNew(
                () => Work(indices, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        try
        {
            Task.WaitAll(tasks, CancellationToken.None);
        }
        catch (AggregateException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(e.InnerExceptions.First(x => x is not OperationCanceledException));
        }
    }

    private void Work(int[] indices, CancellationTokenSource stop)
    {
        try
        {
            using NetworkWorker worker = network.CreateWorker();
            var group = new ImageGroup(network, GroupSize);
            for (int size = NextGroup(indices.Length, out int start); size > 0; size = NextGroup(indices.Length, out start))
            {
                group.Clear();
                foreach (int index in indices.AsSpan(start, size))
                {
                    stop.Token.ThrowIfCancellationRequested();
                    Prepare(index, group, stop.Token);
                }

                group.Run(worker);
                for (int i = 0; i < group.Count; i++)
                {
                    sink.Computed(group.Members[i], group.Output(i));
                }

                sink.Finished(size);
            }
        }
        catch
        {
            // Stops the other threads, whose results will not be used.
            stop.Cancel();
            throw;
        }
    }

    /// <summary>Takes the next images. Groups get smaller towards the end, so that all threads finish at the same time.</summary>
    private int NextGroup(int count, out int start)
    {
        while (true)
        {
            start = Volatile.Read(ref _next);
            int left = count - start;
            int size = Math.Min(left, Math.Clamp(left / (2 * threads), 1, GroupSize));
            if (size <= 0)
            {
                return 0;
            }

            if (Interlocked.CompareExchange(ref _next, start + size, start) == start)
            {
                return size;
            }
        }
    }

    /// <summary>Reads and decodes an image into the group, unless the sink does not need its output or it cannot be used.</summary>
    private void Prepare(int index, ImageGroup group, CancellationToken stop)
    {
        try
        {
            LabeledImage image = images[index];
            _decoding.Decode(image, () => sink.Read(index, image), (_, pixels) => Add(index, pixels, group), stop);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            sink.Failed(index, ImageProblem.Describe(e));
        }
    }

    private void Add(int index, RgbImage pixels, ImageGroup group)
    {
        sink.Decoded(index, pixels);
        ImageToTensor.Convert(pixels, preprocessing, group.NextInput());
        group.Add(index);
    }
}
