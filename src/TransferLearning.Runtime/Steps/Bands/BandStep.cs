namespace TransferLearning.Runtime.Steps.Bands;

/// <summary>
/// A chain of row-wise steps that runs band by band: each band of output rows is computed from only the input rows that it needs, so that
/// the values in between stay in cache. Rows that the next band needs again are kept, so that none is computed twice.
/// </summary>
internal sealed unsafe class BandStep : Step, IDisposable
{
    private readonly Step[] _stages;
    private readonly Buffer[] _buffers;
    private readonly int _bandRows;

    /// <param name="stages">Each reads the output of the one before as its first input; other inputs come from outside the chain.</param>
    /// <param name="budget">The maximum size of all buffers between the stages, in floats; exceeded only by bands of one row.</param>
    public BandStep(IReadOnlyList<Step> stages, long budget)
        : base(stages[^1].Output, OutsideInputs(stages))
    {
        _stages = [.. stages];
        int rows = Output.Layout.Height;
        while (rows > 1 && Plan(rows).Sum(static b => b.Length) > budget)
        {
            rows--;
        }

        int bands = (Output.Layout.Height + rows - 1) / rows;
        _bandRows = (Output.Layout.Height + bands - 1) / bands;
        _buffers = Plan(_bandRows);
        ScratchLength = _buffers.Sum(static b => b.Length);
    }

    /// <summary>The size of the buffers, in floats.</summary>
    public override long ScratchLength { get; }

    public override long WeightBytes => _stages.Sum(static s => s.WeightBytes);


    public override IReadOnlyList<Value> SideOutputs => [.. _stages.SelectMany(static s => s.SideOutputs)];

    public override string Description => $"bands of {_bandRows}: {string.Join(" -> ", _stages.Select(static s => s.Description))}";

    public override bool RunsBatches => false;

    public override (int From, int To) InputRows(int from, int to)
    {
        for (int i = _stages.Length - 1; i >= 0; i--)
        {
            (from, to) = _stages[i].InputRows(from, to);
        }

        return (from, to);
    }

    public override void RunRows(Workspace workspace, int from, int to)
    {
        int between = _buffers.Length;
        int* first = stackalloc int[between];
        int* ready = stackalloc int[between];
        int* wanted = stackalloc int[between + 1];
        for (int i = 0; i < between; i++)
        {
            first[i] = ready[i] = int.MinValue;
        }

        for (int y = from; y < to; y += _bandRows)
        {
            int end = Math.Min(to, y + _bandRows);
            Advance(workspace, y, end, first, ready, wanted);
        }
    }

    public void Dispose()
    {
        foreach (Step stage in _stages)
        {
            (stage as IDisposable)?.Dispose();
        }
    }

    private static Value[] OutsideInputs(IReadOnlyList<Step> stages)
    {
        var inner = stages.Take(stages.Count - 1).Select(static s => s.Output).ToHashSet();
        return [.. stages.SelectMany(static s => s.Inputs).Where(i => !inner.Contains(i)).Distinct()];
    }

    /// <summary>Plans the buffers between the stages for bands of a number of rows: each holds a band of the next stage's input.</summary>
    private Buffer[] Plan(int rows)
    {
        var buffers = new Buffer[_stages.Length - 1];
        for (int i = buffers.Length - 1; i >= 0; i--)
        {
            (int from, int to) = _stages[i + 1].InputRows(0, rows);
            rows = to - from;
            buffers[i] = new Buffer(_stages[i].Output, rows);
        }

        long offset = 0;
        for (int i = 0; i < buffers.Length; i++)
        {
            buffers[i] = buffers[i] with { Offset = offset };
            offset += buffers[i].Length;
        }

        return buffers;
    }

    /// <summary>
    /// Computes one band. Of each buffer, <paramref name="first"/> is the map row that it begins with, <paramref name="ready"/> the row
    /// after the last that is computed, <paramref name="wanted"/> the row after the last that the band needs.
    /// </summary>
    private void Advance(Workspace workspace, int from, int to, int* first, int* ready, int* wanted)
    {
        int between = _buffers.Length;
        (int newFrom, int newTo) = (from, to);
        for (int i = between - 1; i >= 0; i--)
        {
            (int needFrom, int needTo) = newFrom < newTo ? _stages[i + 1].InputRows(newFrom, newTo) : (first[i], ready[i]);
            MoveTo(workspace, i, needFrom, first, ready);
            wanted[i] = needTo;
            (newFrom, newTo) = (Math.Max(ready[i], 0), Math.Min(needTo, _buffers[i].Value.Layout.Height));
        }

        for (int i = 0; i < between; i++)
        {
            Fill(workspace, i, ready[i], wanted[i]);
            ready[i] = Math.Max(ready[i], wanted[i]);
        }

        _stages[between].RunRows(workspace, from, to);
    }

    /// <summary>Drops the rows before a given one from a buffer and moves the others to its start.</summary>
    private void MoveTo(Workspace workspace, int i, int row, int* first, int* ready)
    {
        Buffer buffer = _buffers[i];
        FeatureMapLayout layout = buffer.Value.Layout;
        float* memory = workspace.Scratch + buffer.Offset;
        if (ready[i] == int.MinValue || ready[i] < row)
        {
            ready[i] = row;
        }
        else if (row > first[i])
        {
            long length = (long)(ready[i] - row) * layout.RowStride * sizeof(float);
            System.Buffer.MemoryCopy(memory + ((long)(row - first[i]) * layout.RowStride), memory, length, length);
        }

        first[i] = row;
        workspace.Origins[buffer.Value.Index] = memory + (layout.Left * layout.PixelStride) - ((long)row * layout.RowStride);
    }

    /// <summary>Computes some rows of a buffer and clears their border.</summary>
    private void Fill(Workspace workspace, int i, int from, int to)
    {
        Value value = _buffers[i].Value;
        FeatureMapLayout layout = value.Layout;
        float* origin = workspace.Origins[value.Index];
        for (int y = from; y < to; y++)
        {
            float* row = origin + ((long)y * layout.RowStride) - (layout.Left * layout.PixelStride);
            if (y < 0 || y >= layout.Height)
            {
                new Span<float>(row, layout.RowStride).Clear();
            }
            else
            {
                new Span<float>(row, layout.Left * layout.PixelStride).Clear();
                new Span<float>(row + ((layout.Left + layout.Width) * layout.PixelStride), layout.Right * layout.PixelStride).Clear();
            }
        }

        int inside = Math.Max(from, 0), insideEnd = Math.Min(to, layout.Height);
        if (inside < insideEnd)
        {
            _stages[i].RunRows(workspace, inside, insideEnd);
        }
    }

    /// <summary>The memory for a band of rows of a value between two stages, border included.</summary>
    private sealed record Buffer(Value Value, int Rows)
    {
        public long Offset { get; init; }

        public long Length => (((long)Rows * Value.Layout.RowStride) + 15) / 16 * 16;
    }
}
