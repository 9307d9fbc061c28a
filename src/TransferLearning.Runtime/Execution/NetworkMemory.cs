using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Execution;

/// <summary>The memory for one image's values and a batch's vectors; workspaces are bound to it.</summary>
internal sealed unsafe class NetworkMemory : IDisposable
{
    private readonly NetworkProgram _program;
    private readonly AlignedMemory _image;
    private readonly AlignedMemory _batch;

    public NetworkMemory(NetworkProgram program)
    {
        _program = program;
        _image = new AlignedMemory(program.Memory.Length);
        _batch = new AlignedMemory(program.BatchValues.Sum(static v => (long)v.Layout.PixelStride * NetworkProgram.BatchRows));
    }

    /// <summary>Points a workspace at the values of one image here, and at its row of a batch's vectors.</summary>
    public void BindImage(Workspace workspace, NetworkMemory batch, int row)
    {
        foreach ((Value value, long offset) in _program.Memory.Offsets)
        {
            workspace.Origins[value.Index] = _image.Pointer + offset + value.Layout.Origin;
        }

        batch.BindBatch(workspace, row);
    }

    /// <summary>Points a workspace at the batch's vectors, from a row on.</summary>
    public void BindBatch(Workspace workspace, int row)
    {
        long offset = 0;
        foreach (Value value in _program.BatchValues)
        {
            workspace.Origins[value.Index] = _batch.Pointer + offset + ((long)row * value.Layout.PixelStride);
            offset += (long)value.Layout.PixelStride * NetworkProgram.BatchRows;
        }
    }

    public void Dispose()
    {
        _image.Dispose();
        _batch.Dispose();
    }
}
