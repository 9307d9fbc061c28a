using TransferLearning.Runtime.Execution.Steps;

namespace TransferLearning.Runtime.Execution;

/// <summary>Runs a <see cref="CompiledNetwork"/> on the calling thread. Not thread-safe: one worker a thread.</summary>
internal sealed unsafe class NetworkWorker : IDisposable
{
    private readonly NetworkProgram _program;
    private readonly NetworkMemory _memory;
    private readonly Workspace _workspace;

    internal NetworkWorker(NetworkProgram program)
    {
        _program = program;
        _memory = new NetworkMemory(program);
        _workspace = new Workspace(program.ValueCount, program.ScratchLength);
    }

    internal NetworkMemory Memory => _memory;

    internal Workspace Workspace => _workspace;

    /// <summary>Runs images one after the other; what follows the last feature map runs for all of them together.</summary>
    /// <param name="images">[count, Height, Width, Channels], already normalised.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="output">[count, OutputLength].</param>
    /// <exception cref="ArgumentException">A span is too short for so many images.</exception>
    public void Run(ReadOnlySpan<float> images, int count, Span<float> output)
    {
        int imageLength = NetworkIo.ImageLength(_program), outputLength = NetworkIo.OutputLength(_program);
        NetworkIo.Check(_program, images, count, output);
        for (int start = 0; start < count; start += NetworkProgram.BatchRows)
        {
            int rows = Math.Min(NetworkProgram.BatchRows, count - start);
            for (int i = 0; i < rows; i++)
            {
                RunImage(images.Slice((start + i) * imageLength, imageLength), _memory, i, output.Slice((start + i) * outputLength, outputLength));
            }

            RunBatch(rows, output.Slice(start * outputLength, rows * outputLength));
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _workspace.Dispose();
    }

    /// <summary>The first part for one image, whose vectors go to a row of a batch that may be another worker's.</summary>
    internal void RunImage(ReadOnlySpan<float> image, NetworkMemory batch, int row, Span<float> output)
    {
        _memory.BindImage(_workspace, batch, row);
        float* input = _workspace.Origins[_program.Input.Index];
        Step.ClearBorder(_program.Input, input, 0, _program.Input.Layout.Height);
        MapCopy.FromNhwc(_program.Input.Layout, image, input, 0, _program.Input.Layout.Height);
        foreach (Step step in _program.ImageSteps)
        {
            int height = step.Output.Layout.Height;
            Step.ClearBorder(step.Output, _workspace.Origins[step.Output.Index], 0, height);
            step.RunRows(_workspace, 0, height);
        }

        if (!_program.OutputIsBatched)
        {
            MapCopy.ToNchw(_program.Output.Layout, _workspace.Origins[_program.Output.Index], output);
        }
    }

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
