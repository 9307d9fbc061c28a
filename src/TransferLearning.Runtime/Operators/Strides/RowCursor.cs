namespace TransferLearning.Runtime.Operators.Strides;

/// <summary>Steps from row to row of <see cref="CollapsedAxes"/>. Used by one thread.</summary>
internal sealed class RowCursor
{
    private readonly int[] _extents;
    private readonly int[][] _strides;
    private readonly int[] _index;
    private readonly int[] _positions;

    /// <param name="extents">The extents of all axes; the last is that of a row.</param>
    /// <param name="strides">The strides of each operand.</param>
    /// <param name="row">The row to begin with.</param>
    public RowCursor(int[] extents, int[][] strides, int row)
    {
        (_extents, _strides) = (extents, strides);
        (_index, _positions) = (new int[extents.Length - 1], new int[strides.Length]);
        for (int axis = _index.Length - 1; axis >= 0; axis--)
        {
            _index[axis] = row % extents[axis];
            row /= extents[axis];
            for (int o = 0; o < strides.Length; o++)
            {
                _positions[o] += _index[axis] * strides[o][axis];
            }
        }
    }

    /// <summary>The position of the row's first element in an operand.</summary>
    public int this[int operand] => _positions[operand];

    public void Next()
    {
        for (int axis = _index.Length - 1; axis >= 0; axis--)
        {
            bool turns = ++_index[axis] == _extents[axis];
            for (int o = 0; o < _positions.Length; o++)
            {
                _positions[o] += turns ? -(_extents[axis] - 1) * _strides[o][axis] : _strides[o][axis];
            }

            if (!turns)
            {
                return;
            }

            _index[axis] = 0;
        }
    }
}
