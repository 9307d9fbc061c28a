using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Execution;

/// <summary>One worker's memory, for a group of images and the vectors of a batch; workspaces are bound to it.</summary>
internal sealed unsafe class NetworkMemory : IDisposable
{
    private readonly NetworkProgram _program;
    private readonly AlignedMemory _image;
    private readonly AlignedMemory _group;
    private readonly AlignedMemory _batch;

    public NetworkMemory(NetworkProgram program)
    {
        _program = program;
        _image = new AlignedMemory(program.ImageMemory.Length);
        _group = new AlignedMemory(program.GroupMemory.Length * program.GroupImages);
        _batch = new AlignedMemory(program.BatchLength);
    }

    /// <summary>Points a workspace at this memory for a group of images, and at a batch's memory for their vectors.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="batch">The memory of the batch, which may be another worker's.</param>
    /// <param name="row">The row of the batch's vectors for the group's first image.</param>
    /// <param name="images">The number of images.</param>
    public void BindGroup(Workspace workspace, NetworkMemory batch, int row, int images)
    {
        for (int i = images - 1; i >= 0; i--)
        {
            workspace.Image = i;
            Bind(workspace, _program.ImageMemory, _image.Pointer);
            Bind(workspace, _program.GroupMemory, _group.Pointer + (i * _program.GroupMemory.Length));
            batch.BindBatch(workspace, row + i);
        }
    }

    /// <summary>Points a workspace's current image at a row of the batch's vectors.</summary>
    public void BindBatch(Workspace workspace, int row)
    {
        long offset = 0;
        foreach (Value value in _program.BatchValues)
        {
            float* origin = _batch.Pointer + offset + ((long)row * value.Layout.PixelStride);
            workspace.Origins[value.Index] = origin;
            foreach (Value part in value.Parts)
            {
                workspace.Origins[part.Index] = origin + part.FirstChannel;
            }

            offset += (long)value.Layout.PixelStride * NetworkProgram.BatchRows;
        }
    }

    public void Dispose()
    {
        _image.Dispose();
        _group.Dispose();
        _batch.Dispose();
    }

    private static void Bind(Workspace workspace, MemoryPlan plan, float* memory)
    {
        foreach (MemoryPlan.Placement placement in plan.Placements)
        {
            float* origin = memory + placement.Offset + placement.Value.Layout.Origin;
            workspace.Origins[placement.Value.Index] = origin;
            foreach (Value part in placement.Value.Parts)
            {
                workspace.Origins[part.Index] = origin + part.FirstChannel;
            }
        }
    }
}
