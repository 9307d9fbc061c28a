using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Rows;

/// <summary>Reads the values of a column that says which rows belong together, as texts.</summary>
internal static class GroupValues
{
    /// <summary>A function that reads the value of the current row; null where it is missing.</summary>
    /// <exception cref="TransferLearningException">The column is not of text, numbers or keys.</exception>
    public static Func<string?> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is TextDataViewType)
        {
            ValueGetter<ReadOnlyMemory<char>> get = row.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> value = default;
            return () =>
            {
                get(ref value);
                return value.IsEmpty ? null : value.ToString();
            };
        }

        if (column.Type is KeyDataViewType)
        {
            Func<ulong> get = LabelKeys.Reader(row, column);
            return () => get() is var key and not 0 ? key.ToString(CultureInfo.InvariantCulture) : null;
        }

        Type raw = column.Type.RawType;
        return raw == typeof(int) ? Numbers<int>(row, column)
            : raw == typeof(uint) ? Numbers<uint>(row, column)
            : raw == typeof(long) ? Numbers<long>(row, column)
            : raw == typeof(ulong) ? Numbers<ulong>(row, column)
            : raw == typeof(short) ? Numbers<short>(row, column)
            : raw == typeof(byte) ? Numbers<byte>(row, column)
            : raw == typeof(float) ? Numbers<float>(row, column)
            : raw == typeof(double) ? Numbers<double>(row, column)
            : throw new TransferLearningException(
                $"the column '{column.Name}' of groups is of type {column.Type}: expected text, a number or a key");
    }

    private static Func<string?> Numbers<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IFormattable
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return value.ToString(null, CultureInfo.InvariantCulture);
        };
    }
}
