using Microsoft.ML.Data;

namespace Microsoft.ML
{
    public delegate void ValueGetter<TValue>(ref TValue value);

    public interface IDataView
    {
        DataViewSchema Schema { get; }

        DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);
    }

    public abstract class DataViewRow : IDisposable
    {
        public abstract long Position { get; }

        public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

        public void Dispose() => throw Signature.Only();
    }

    public abstract class DataViewRowCursor : DataViewRow
    {
        public abstract bool MoveNext();
    }

    public sealed class DataViewSchema : IReadOnlyList<DataViewSchema.Column>
    {
        public int Count => throw Signature.Only();

        public Column this[int columnIndex] => throw Signature.Only();

        public Column this[string name] => throw Signature.Only();

        public Column? GetColumnOrNull(string name) => throw Signature.Only();

        public IEnumerator<Column> GetEnumerator() => throw Signature.Only();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw Signature.Only();

        public struct Column
        {
            public string Name => throw Signature.Only();

            public bool IsHidden => throw Signature.Only();

            public DataViewType Type => throw Signature.Only();

            public Annotations Annotations => throw Signature.Only();
        }

        public sealed class Annotations
        {
            public DataViewSchema Schema => throw Signature.Only();

            public void GetValue<TValue>(string kind, ref TValue value) => throw Signature.Only();
        }
    }
}

namespace Microsoft.ML.Data
{
    public abstract class DataViewType
    {
        public Type RawType => throw Signature.Only();
    }

    public abstract class StructuredDataViewType : DataViewType;

    public abstract class PrimitiveDataViewType : DataViewType;

    public sealed class TextDataViewType : PrimitiveDataViewType
    {
        public static TextDataViewType Instance => throw Signature.Only();
    }

    public sealed class NumberDataViewType : PrimitiveDataViewType
    {
        public static NumberDataViewType Int32 => throw Signature.Only();

        public static NumberDataViewType Single => throw Signature.Only();
    }

    public sealed class KeyDataViewType : PrimitiveDataViewType
    {
        public KeyDataViewType(Type type, ulong count) => throw Signature.Only();

        public KeyDataViewType(Type type, int count) => throw Signature.Only();

        public ulong Count => throw Signature.Only();
    }

    public sealed class VectorDataViewType : StructuredDataViewType
    {
        public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0) => throw Signature.Only();

        public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions) => throw Signature.Only();

        public int Size => throw Signature.Only();

        public PrimitiveDataViewType ItemType => throw Signature.Only();
    }

    public readonly struct VBuffer<T>
    {
        public VBuffer(int length, T[] values, int[]? indices = null) => throw Signature.Only();

        public bool IsDense => throw Signature.Only();

        public ReadOnlySpan<T> GetValues() => throw Signature.Only();

        public IEnumerable<T> DenseValues() => throw Signature.Only();
    }
}
