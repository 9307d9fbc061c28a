using System.Runtime.ExceptionServices;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Inference;

/// <summary>
/// Runs images through a network on several threads. Each thread reads, decodes and computes a few images at a time, so that no processor
/// waits for another. Serves one run.
/// </summary>
/// <param name="images">The images.</param>
/// <param name="session">The network.</param>
/// <param name="preprocessing">Of the network.</param>
/// <param name="sink">Receives the results.</param>
/// <param name="threads">At least 1. Those that wait for another device come on top.</param>
/// <param name="views">The most views per image that the sink asks for.</param>
internal sealed class ImageInference(
    IReadOnlyList<LabeledImage> images,
    INetworkSession session,
    ImagePreprocessing preprocessing,
    IInferenceSink sink,
    int threads,
    int views = 1)
{
    private readonly int _threads = threads + session.WaitingThreads;
    private readonly BoundedDecoding _decoding = new(images, preprocessing.MinSourceSide);

    /// <summary>Runs some of the images, in their order.</summary>
    /// <param name="indices">
    /// The positions of the images. The sink is called for each exactly once, in any order, unless the work stops early.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public void Run(int[] indices, CancellationToken cancellationToken) => Run(new OrderedQueue(indices, _threads), cancellationToken);

    /// <summary>Runs the images of a queue.</summary>
    /// <param name="queue">Says which images are next. The sink is called for each that it gives out, unless the work stops early.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public void Run(IImageQueue queue, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tasks = new Task[Math.Min(_threads, queue.Count)];
        for (int t = 0; t < tasks.Length; t++)
        {
            tasks[t] = Task.Factory.StartNew(
                () => Work(queue, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    private void Work(IImageQueue queue, CancellationTokenSource stop)
    {
        try
        {
            using INetworkWorker worker = session.CreateWorker();
            int[] next = new int[Math.Max(1, session.ImagesPerRun / views)];
            var group = new ImageGroup(preprocessing, session.OutputLength, session.ImagesPerRun);
            for (int size = queue.Take(next); size > 0; size = queue.Take(next))
            {
                foreach (int index in next.AsSpan(0, size))
                {
                    stop.Token.ThrowIfCancellationRequested();
                    Prepare(index, group, worker, stop.Token);
                }

                group.Run(worker, sink);
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

    /// <summary>Reads and decodes an image into the group, unless the sink does not need its output or it cannot be used.</summary>
    private void Prepare(int index, ImageGroup group, INetworkWorker worker, CancellationToken stop)
    {
        try
        {
            LabeledImage image = images[index];
            _decoding.Decode(image, () => sink.Read(index, image), (_, pixels) => Add(index, pixels, group, worker, stop), stop);
        }
        catch (Exception e) when (!group.IsRunning && (e is not OperationCanceledException || !stop.IsCancellationRequested))
        {
            sink.Failed(index, ImageProblem.Describe(e));
        }
    }

    /// <summary>Adds the views of an image to the group, which runs where they are more than it takes.</summary>
    private void Add(int index, RgbImage pixels, ImageGroup group, INetworkWorker worker, CancellationToken stop)
    {
        foreach ((int view, RgbImage shown) in sink.Decoded(index, pixels))
        {
            if (group.IsFull)
            {
                stop.ThrowIfCancellationRequested();
                group.Run(worker, sink);
            }

            ImageToTensor.Convert(shown, preprocessing, group.NextInput());
            group.Add(index, view);
        }
    }
}
