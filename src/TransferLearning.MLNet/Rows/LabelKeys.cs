using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Rows;

/// <summary>Reads the classes of a label column, which are the values of its key, and the labels of rows.</summary>
internal static class LabelKeys
{
    private const string KeyValues = "KeyValues";

    /// <summary>The names of the classes in the key's order; without key values, the keys themselves: 1, 2, ...</summary>
    /// <exception cref="TransferLearningException">
    /// The column is not a key, or it has fewer than two values, too many values, or two values of the same name.
    /// </exception>
    public static string[] Classes(DataViewSchema.Column column)
    {
        if (column.Type is not KeyDataViewType key)
        {
            throw new TransferLearningException(
                $"the label column '{column.Name}' is of type {column.Type}, not a key: "
                + $"put mlContext.Transforms.Conversion.MapValueToKey(\"{column.Name}\") before it in the pipeline");
        }

        if (key.Count is < 2 or > int.MaxValue)
        {
            throw new TransferLearningException($"the label column '{column.Name}' has {key.Count} classes: expected at least two");
        }

        string[] names = Values(column.Annotations) ?? [.. Enumerable.Range(1, (int)key.Count).Select(Text)];
        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? names
            : throw new TransferLearningException(
                $"the label column '{column.Name}' has the class '{twice}' twice: expected different names");
    }

    /// <summary>A function that reads the key of the current row: from 1; 0 where it is missing.</summary>
    public static Func<ulong> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        Type raw = column.Type.RawType;
        return raw == typeof(uint) ? Reader<uint>(row, column, k => k)
            : raw == typeof(ulong) ? Reader<ulong>(row, column, k => k)
            : raw == typeof(ushort) ? Reader<ushort>(row, column, k => k)
            : Reader<byte>(row, column, k => k);
    }

    private static Func<ulong> Reader<T>(DataViewRow row, DataViewSchema.Column column, Func<T, ulong> widen)
        where T : struct
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T key = default;
        return () =>
        {
            get(ref key);
            return widen(key);
        };
    }

    private static string[]? Values(DataViewSchema.Annotations annotations)
    {
        if (annotations.Schema.GetColumnOrNull(KeyValues) is not { Type: VectorDataViewType { ItemType: { } item } })
        {
            return null;
        }

        Type raw = item.RawType;
        return raw == typeof(ReadOnlyMemory<char>) ? Values<ReadOnlyMemory<char>>(annotations)
            : raw == typeof(float) ? Values<float>(annotations)
            : raw == typeof(double) ? Values<double>(annotations)
            : raw == typeof(int) ? Values<int>(annotations)
            : raw == typeof(uint) ? Values<uint>(annotations)
            : raw == typeof(long) ? Values<long>(annotations)
            : raw == typeof(bool) ? Values<bool>(annotations)
            : null;
    }

    private static string[] Values<T>(DataViewSchema.Annotations annotations)
    {
        VBuffer<T> values = default;
        annotations.GetValue(KeyValues, ref values);
        return [.. values.DenseValues().Select(v => Text(v))];
    }

    private static string Text<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
