using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.CrossValidation;

/// <summary>The rows of data at some positions. Immutable.</summary>
/// <param name="data">The data; its rows come in the same order at every reading.</param>
/// <param name="isKept">[rows]: true for a row that is kept.</param>
internal sealed class RowSubset(IDataView data, bool[] isKept) : IDataView
{
    /// <summary>False: shuffled rows would have other positions.</summary>
    public bool CanShuffle => false;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => isKept.Count(k => k);

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(data.GetRowCursor(columnsNeeded), isKept);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor all, bool[] isKept) : DataViewRowCursor
    {
        private long _row = -1;
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => all.Batch;

        public override DataViewSchema Schema => all.Schema;

        public override bool MoveNext()
        {
            while (all.MoveNext())
            {
                _row++;
                if (_row < isKept.Length && isKept[_row])
                {
                    _position++;
                    return true;
                }
            }

            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => all.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => all.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => all.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                all.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
