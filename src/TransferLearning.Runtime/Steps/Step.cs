namespace TransferLearning.Runtime.Steps;

/// <summary>
/// One step of a compiled network, bound to the values that it reads and writes. Immutable once built; any number of threads may run it,
/// each with its own <see cref="Workspace"/>.
/// </summary>
internal abstract unsafe class Step(Value output, params Value[] inputs)
{
    private int? _rowLimit;

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
    public virtual bool RunsBatches => IsRowWise && Output.Layout.IsVector && Inputs.All(static i => i.Layout.IsVector && i.Whole is null);

    /// <summary>The number of the output's first rows that are computed: all, unless <see cref="LimitRows"/> was called.</summary>
    public int Rows => _rowLimit ?? Output.Layout.Height;

    /// <summary>Whether the step can compute only the first rows of its output.</summary>
    public virtual bool CanLimitRows => false;

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
            RunRows(workspace, 0, Rows);
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

    /// <summary>Leaves out the rows of the output that no step reads.</summary>
    /// <param name="rows">The number of first rows that are read, at least 1.</param>
    public void LimitRows(int rows) => _rowLimit = CanLimitRows
        ? Math.Min(rows, Output.Layout.Height)
        : throw new InvalidOperationException($"the step '{Description}' computes all rows");

    /// <summary>The number of the first rows of an input, or of the value in whose memory it is, that some first rows depend on.</summary>
    /// <param name="input">The number of the input.</param>
    /// <param name="rows">The number of the output's first rows.</param>
    public virtual int RowsRead(int input, int rows) => (Inputs[input].Whole ?? Inputs[input]).Layout.Height;

    /// <summary>
    /// <see cref="RowsRead"/> for an input of which each row of the output reads the same row: of a value itself, or of a view with the
    /// same rows.
    /// </summary>
    protected int RowsOfSameHeight(Value value, int rows)
    {
        FeatureMapLayout whole = (value.Whole ?? value).Layout;
        FeatureMapLayout own = value.Layout;
        bool same = own.Height == Output.Layout.Height && value.FirstChannel < whole.RowStride && own.RowStride == whole.RowStride;
        long last = value.FirstChannel + ((own.Height - 1L) * own.RowStride) + ((own.Width - 1L) * own.PixelStride) + own.Channels - 1;
        return same ? Math.Min(rows, whole.Height) : (int)Math.Min(whole.Height, (last / whole.RowStride) + 1);
    }

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
