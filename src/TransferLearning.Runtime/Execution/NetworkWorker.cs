using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>Runs a <see cref="CompiledNetwork"/> on the calling thread. Not thread-safe: use one worker per thread.</summary>
internal sealed unsafe class NetworkWorker : IDisposable
{
    private readonly NetworkProgram _program;
    private readonly NetworkMemory _memory;
    private readonly Workspace _workspace;

    internal NetworkWorker(NetworkProgram program)
    {
        _program = program;
        _memory = new NetworkMemory(program);
        _workspace = new Workspace(program.ValueCount, program.ScratchLength, program.GroupImages);
    }

    internal NetworkMemory Memory => _memory;

    internal Workspace Workspace => _workspace;

    /// <summary>Runs a batch: in small groups of images as far as there are feature maps, from there all images together.</summary>
    /// <param name="images">[count, Height, Width, Channels], already normalized.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="output">[count, OutputLength].</param>
    /// <exception cref="ArgumentException">A span is too short for the number of images.</exception>
    public void Run(ReadOnlySpan<float> images, int count, Span<float> output)
    {
        int imageLength = NetworkIo.ImageLength(_program), outputLength = NetworkIo.OutputLength(_program);
        NetworkIo.Check(_program, images, count, output);
        for (int start = 0; start < count; start += NetworkProgram.BatchRows)
        {
            int rows = Math.Min(NetworkProgram.BatchRows, count - start);
            for (int i = 0; i < rows; i += _program.GroupImages)
            {
                int group = Math.Min(_program.GroupImages, rows - i), first = start + i;
                RunGroup(
                    images.Slice(first * imageLength, group * imageLength),
                    group,
                    _memory,
                    i,
                    output.Slice(first * outputLength, group * outputLength));
            }

            RunBatch(rows, output.Slice(start * outputLength, rows * outputLength));
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _workspace.Dispose();
    }

    /// <summary>Runs the image steps and the group steps for a group of images.</summary>
    /// <param name="images">The pixels of the group.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="batch">The memory of the batch for the group's vectors, which may be another worker's.</param>
    /// <param name="row">The row of the batch for the group's first image.</param>
    /// <param name="output">The outputs of the group; not written where the output is a vector of the batch.</param>
    internal void RunGroup(ReadOnlySpan<float> images, int count, NetworkMemory batch, int row, Span<float> output)
    {
        int imageLength = NetworkIo.ImageLength(_program), outputLength = NetworkIo.OutputLength(_program);
        _memory.BindGroup(_workspace, batch, row, count);
        Value input = _program.Input;
        for (int i = 0; i < count; i++)
        {
            _workspace.Image = i;
            Step.ClearBorder(input, _workspace.Origins[input.Index], 0, input.Layout.Height);
            ReadOnlySpan<float> image = images.Slice(i * imageLength, imageLength);
            MapCopy.FromNhwc(input.Layout, image, _workspace.Origins[input.Index], 0, input.Layout.Height, _program.Scaling);
            foreach (Step step in _program.ImageSteps)
            {
                ClearBorder(step);
                step.RunRows(_workspace, 0, step.Rows);
            }
        }

        _workspace.Image = 0;
        foreach (Step step in _program.GroupSteps)
        {
            for (int i = 0; i < count; i++)
            {
                _workspace.Image = i;
                ClearBorder(step);
            }

            _workspace.Image = 0;
            step.RunGroup(_workspace, count);
        }

        for (int i = 0; i < count && !_program.OutputIsBatched; i++)
        {
            _workspace.Image = i;
            Span<float> target = output.Slice(i * outputLength, outputLength);
            MapCopy.ToNchw(_program.Output.Layout, _workspace.Origins[_program.Output.Index], target);
        }

        _workspace.Image = 0;
    }

    private void ClearBorder(Step step) =>
        Step.ClearBorder(step.Output, _workspace.Origins[step.Output.Index], 0, step.Output.Layout.Height);

    private void RunBatch(int rows, Span<float> output)
    {
        _memory.BindBatch(_workspace, 0);
        foreach (Step step in _program.BatchSteps)
        {
            step.RunRows(_workspace, 0, rows);
        }

        NetworkIo.CopyRows(_program, _workspace, rows, output);
    }
}
