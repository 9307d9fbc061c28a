using TransferLearning.Runtime.Kernels.Tokens;

namespace TransferLearning.Runtime.Steps.Tokens;

/// <summary>
/// Copies tensors, at strides of their own, to their places in a value: transposes, slices, joins. Loops: tensor, run; where the elements
/// of a run are apart in the source and neighbors along another axis, blocks that are transposed in registers.
/// </summary>
internal sealed unsafe class StridedCopyStep : Step, IDisposable
{
    private readonly Piece[] _pieces;

    /// <param name="output">The value.</param>
    /// <param name="pieces">The tensors, and the layouts of their places from the value's first pixel on.</param>
    public StridedCopyStep(Value output, IReadOnlyList<(StridedOperand Source, StridedLayout Place)> pieces)
        : base(output, [.. pieces.Select(static p => p.Source.View?.Value).OfType<Value>()])
    {
        _pieces = [.. pieces.Select(static p => new Piece(p.Source, p.Place))];
        output.Freeze();
    }

    public override string Description =>
        $"copy of {_pieces.Length} to {Output.Layout.Height}x{Output.Layout.Width}x{Output.Layout.Channels}";

    public override bool IsRowWise => false;

    public override bool RunsBatches => false;

    public override int RowsRead(int input, int rows) =>
        _pieces.Where(p => p.Source.View?.Value == Inputs[input]).Max(static p => p.Source.View!.RowsRead);

    public override void RunRows(Workspace workspace, int from, int to) => Run(workspace, 0, 1);

    public override void RunPart(Workspace workspace, int rows, int part, int parts) => Run(workspace, part, parts);

    public void Dispose()
    {
        foreach (Piece piece in _pieces)
        {
            piece.Source.Dispose();
        }
    }

    private void Run(Workspace workspace, int part, int parts)
    {
        float* target = workspace.Origins[Output.Index];
        foreach (Piece piece in _pieces)
        {
            piece.Run(piece.Source.Origin(workspace), target, part, parts);
        }
    }

    /// <summary>One tensor that is copied, and how: row by row, or transposed.</summary>
    private sealed class Piece
    {
        private readonly StridedLoops _loops;

        /// <summary>The axis along which the source's elements are neighbors, taken out of the loops; null where runs are copied.</summary>
        private readonly (int Extent, int TargetStride)? _across;

        public Piece(StridedOperand source, StridedLayout place)
        {
            Source = source;
            StridedLayout from = source.Layout;
            _loops = new StridedLoops(place, from);
            int across = from.Strides.IndexOf(1);
            if (_loops.RunStride(0) == 1 && _loops.RunStride(1) > 1 && across >= 0)
            {
                _across = (from.Extents[across], place.Strides[across]);
                _loops = new StridedLoops(place.Slice(across, 0, 1), from.Slice(across, 0, 1));
            }
        }

        public StridedOperand Source { get; }

        public void Run(float* source, float* target, int part, int parts)
        {
            int first = (int)((long)_loops.Runs * part / parts), end = (int)((long)_loops.Runs * (part + 1) / parts);
            int length = _loops.RunLength;
            nint to = _loops.RunStride(0), from = _loops.RunStride(1);
            for (int run = first; run < end; run++)
            {
                float* s = source + _loops.Offset(1, run);
                float* t = target + _loops.Offset(0, run);
                if (_across is { } across)
                {
                    TransposedCopy.Run(s, from, t, across.TargetStride, across.Extent, length, 1);
                }
                else if (to == 1 && from == 1)
                {
                    Buffer.MemoryCopy(s, t, length * sizeof(float), length * sizeof(float));
                }
                else
                {
                    for (nint i = 0; i < length; i++)
                    {
                        t[i * to] = s[i * from];
                    }
                }
            }
        }
    }
}
