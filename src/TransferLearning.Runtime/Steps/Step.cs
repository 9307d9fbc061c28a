namespace TransferLearning.Runtime.Steps;

/// <summary>
/// One step of a compiled network, bound to the values that it reads and writes. Immutable once built; any number of threads may run it,
/// each with its own <see cref="Workspace"/>.
/// </summary>
internal abstract unsafe class Step(Value output, params Value[] inputs)
{
    public Value Output { get; } = output;

    public IReadOnlyList<Value> Inputs { get; } = inputs;

    /// <summary>The values that the step writes in addition to its output; they have no border.</summary>
    public virtual IReadOnlyList<Value> SideOutputs => [];

    /// <summary>
    /// An input whose memory the output may take over if it has the same layout and no later step reads it, as this step reads each of its
    /// elements only to compute the same element of the output. Null for none.
    /// </summary>
    public virtual Value? Replaceable => null;

    /// <summary>A description for profiles and messages.</summary>
    public abstract string Description { get; }

    /// <summary>Whether <see cref="RunRows"/> may be called for a part of the rows; otherwise only for all of them.</summary>
    public virtual bool IsRowWise => true;

    /// <summary>Whether the vectors of several images may run together, as the rows of one map.</summary>
    public virtual bool RunsBatches => IsRowWise && Output.Layout.IsVector && Inputs.All(i => i.Layout.IsVector);

    /// <summary>The floats of scratch memory that the step needs.</summary>
    public virtual long ScratchLength => 0;

    /// <summary>The bytes of weights that the step reads per image.</summary>
    public virtual long WeightBytes => 0;

    /// <summary>Computes some rows of the current image's output, with all channels.</summary>
    public abstract void RunRows(Workspace workspace, int from, int to);

    /// <summary>Computes the output for the first images of the workspace.</summary>
    public virtual void RunGroup(Workspace workspace, int images)
    {
        for (int i = 0; i < images; i++)
        {
            workspace.Image = i;
            RunRows(workspace, 0, Output.Layout.Height);
        }

        workspace.Image = 0;
    }

    /// <summary>Computes one thread's part of the output; all parts together make the whole.</summary>
    public virtual void RunPart(Workspace workspace, int rows, int part, int parts)
    {
        if (!IsRowWise)
        {
            if (part == 0)
            {
                RunRows(workspace, 0, rows);
            }

            return;
        }

        RunRows(workspace, (int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts));
    }

    /// <summary>The input rows that some output rows depend on; the range may reach beyond the map, into its border.</summary>
    public virtual (int From, int To) InputRows(int from, int to) => (from, to);

    /// <summary>
    /// Clears the border beside some rows, and the border above or below the map if they include its first or last row. Parts of a whole
    /// share its border; the part with its first channel clears it for all.
    /// </summary>
    public static void ClearBorder(Value value, float* origin, int from, int to)
    {
        if (value.FirstChannel == 0)
        {
            value.Layout.ClearBorder(origin, from, to);
        }
    }
}
