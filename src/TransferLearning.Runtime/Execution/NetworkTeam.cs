using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>
/// Runs batches on its own threads: one group of images per thread, the last few images on all threads together. Threads take the next
/// group from a shared counter, so that a slower thread takes fewer images. Runs one batch at a time; a run allocates
/// nothing but what nodes without a kernel need.
/// </summary>
internal sealed unsafe class NetworkTeam : IDisposable
{
    private readonly NetworkProgram _program;
    private readonly ThreadTeam _team;
    private readonly NetworkWorker[] _workers;
    private readonly Action<int> _job;
    private readonly int _imageLength;
    private readonly int _outputLength;

    // The current batch, pinned by Run while the threads use it.
    private float* _images;
    private float* _output;
    private int _count;

    /// <summary>The images of a group.</summary>
    private int _group;

    /// <summary>The images that run in groups; the others run one by one on all threads.</summary>
    private int _grouped;

    /// <summary>The first image that no thread has taken.</summary>
    private int _next;

    public NetworkTeam(NetworkProgram program, int threads)
    {
        _program = program;
        _team = new ThreadTeam(threads);
        _workers = [.. Enumerable.Range(0, threads).Select(_ => new NetworkWorker(program))];
        _job = RunThread;
        if (threads > 1)
        {
            var shared = new SharedWork(_team);
            Array.ForEach(_workers, w => w.Workspace.Team = shared);
        }

        (_imageLength, _outputLength) = (NetworkIo.ImageLength(program), NetworkIo.OutputLength(program));
    }

    /// <param name="images">[count, Height, Width, Channels], already normalized.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="output">[count, OutputLength].</param>
    public void Run(ReadOnlySpan<float> images, int count, Span<float> output)
    {
        if (_workers.Length == 1)
        {
            _workers[0].Run(images, count, output);
            return;
        }

        fixed (float* source = images, target = output)
        {
            for (int start = 0; start < count; start += NetworkProgram.BatchRows)
            {
                RunBatch(ImageAt(source, start), Math.Min(NetworkProgram.BatchRows, count - start), OutputAt(target, start));
            }
        }
    }

    public void Dispose()
    {
        _team.Dispose();
        foreach (NetworkWorker worker in _workers)
        {
            worker.Dispose();
        }
    }

    private float* ImageAt(float* images, int image) => images + ((long)image * _imageLength);

    private float* OutputAt(float* output, int image) => output + ((long)image * _outputLength);

    private void RunBatch(float* images, int count, float* output)
    {
        _images = images;
        _output = output;
        _count = count;
        _next = 0;
        _group = Math.Clamp(count / _workers.Length, 1, _program.GroupImages);
        _grouped = count / (_workers.Length * _group) * _workers.Length * _group;
        _team.Run(_job);
        _workers[0].Memory.BindBatch(_workers[0].Workspace, 0);
        NetworkIo.CopyRows(_program, _workers[0].Workspace, count, new Span<float>(output, count * _outputLength));
    }

    /// <summary>Runs one thread's part of the batch. The vectors of all images go to the first worker's memory.</summary>
    private void RunThread(int thread)
    {
        NetworkWorker worker = _workers[thread];
        NetworkMemory batch = _workers[0].Memory;
        for (int i = Interlocked.Add(ref _next, _group) - _group; i < _grouped; i = Interlocked.Add(ref _next, _group) - _group)
        {
            worker.RunGroup(
                new ReadOnlySpan<float>(ImageAt(_images, i), _group * _imageLength),
                _group,
                batch,
                i,
                new Span<float>(OutputAt(_output, i), _group * _outputLength));
        }

        for (int i = _grouped; i < _count; i++)
        {
            RunImageTogether(worker.Workspace, thread, i);
        }

        _team.Barrier();
        batch.BindBatch(worker.Workspace, 0);
        RunTogether(_program.BatchSteps, worker.Workspace, thread, _count);
    }

    /// <summary>Runs one image on all threads: each computes a part of every step, in the first worker's memory.</summary>
    private void RunImageTogether(Workspace workspace, int thread, int image)
    {
        _workers[0].Memory.BindGroup(workspace, _workers[0].Memory, image, 1);
        _team.Barrier();
        Value input = _program.Input;
        float* origin = workspace.Origins[input.Index];
        int height = input.Layout.Height;
        if (thread == 0)
        {
            Step.ClearBorder(input, origin, 0, height);
        }

        var pixels = new ReadOnlySpan<float>(ImageAt(_images, image), _imageLength);
        int from = height * thread / _workers.Length, to = height * (thread + 1) / _workers.Length;
        MapCopy.FromNhwc(input.Layout, pixels, origin, from, to, _program.Scaling);
        _team.Barrier();
        RunTogether(_program.ImageSteps, workspace, thread, rows: null);
        RunTogether(_program.GroupSteps, workspace, thread, rows: null);
        if (thread == 0 && !_program.OutputIsBatched)
        {
            var output = new Span<float>(OutputAt(_output, image), _outputLength);
            MapCopy.ToNchw(_program.Output.Layout, workspace.Origins[_program.Output.Index], output);
        }
    }

    /// <param name="steps">The steps to run, in their order.</param>
    /// <param name="workspace">The thread's workspace.</param>
    /// <param name="thread">The thread's number.</param>
    /// <param name="rows">The number of rows of each output; null for those that the step computes.</param>
    private void RunTogether(Step[] steps, Workspace workspace, int thread, int? rows)
    {
        foreach (Step step in steps)
        {
            if (thread == 0 && rows is null)
            {
                Step.ClearBorder(step.Output, workspace.Origins[step.Output.Index], 0, step.Output.Layout.Height);
            }

            step.RunPart(workspace, rows ?? step.Rows, thread, _workers.Length);
            _team.Barrier();
        }
    }
}
