using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Data of a schema without rows, to fit transformers that learn nothing. Immutable.</summary>
internal sealed class EmptyRows(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => true;

    public DataViewSchema Schema => schema;

    /// <summary>Data with one column.</summary>
    public static EmptyRows Of(string column, DataViewType type)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(column, type);
        return new EmptyRows(builder.ToSchema());
    }

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(schema);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(schema)];

    private sealed class Cursor(DataViewSchema schema) : DataViewRowCursor
    {
        public override long Position => -1;

        public override long Batch => 0;

        public override DataViewSchema Schema => schema;

        public override bool MoveNext() => false;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => NoRow;

        public override ValueGetter<DataViewRowId> GetIdGetter() => NoRow;

        private static void NoRow<TValue>(ref TValue value) => throw new InvalidOperationException("there are no rows");
    }
}
