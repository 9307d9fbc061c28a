using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The lookup tables of a saved chain. ML.NET saves them, with their annotations, as a part of the chain.</summary>
internal sealed class Lookups(MLContext context)
{
    private const string SlotNames = "SlotNames";
    private const string KeyValues = "KeyValues";

    /// <summary>Maps 0 to the network.</summary>
    public IDataView State(string state) =>
        context.Data.LoadFromEnumerable<LookupRow<ReadOnlyMemory<char>>>([new() { Value = state.AsMemory() }]);

    /// <summary>Maps 0 to [0, 1, 2, ...].</summary>
    /// <param name="count">The number of slots.</param>
    public IDataView Slots(int count) => Slots(count, Schema<int[]>(SlotsType(count)));

    /// <summary>Maps 0 to [0, 1, 2, ...], a vector whose slot names are the classes.</summary>
    public IDataView Slots(IReadOnlyList<string> classes) =>
        Slots(classes.Count, Schema<int[]>(SlotsType(classes.Count), SlotNames, classes));

    /// <summary>Maps the number of a class, from 0, to a key whose values are the classes.</summary>
    public IDataView Keys(IReadOnlyList<string> classes)
    {
        SchemaDefinition schema = Schema<uint>(new KeyDataViewType(typeof(uint), classes.Count), KeyValues, classes);

        // In data made of objects, keys are numbered from 0.
        IEnumerable<uint> numbers = Enumerable.Range(0, classes.Count).Select(i => (uint)i);
        return context.Data.LoadFromEnumerable(numbers.Select(i => new LookupRow<uint> { Key = i, Value = i }).ToArray(), schema);
    }

    private static VectorDataViewType SlotsType(int count) => new(NumberDataViewType.Int32, count);

    private static SchemaDefinition Schema<T>(DataViewType type, string? annotation = null, IReadOnlyList<string>? classes = null)
    {
        var schema = SchemaDefinition.Create(typeof(LookupRow<T>));
        SchemaDefinition.Column value = schema[nameof(LookupRow<>.Value)];
        value.ColumnType = type;
        if (annotation is not null && classes is not null)
        {
            ClassNames.Annotate(value, annotation, classes);
        }

        return schema;
    }

    private IDataView Slots(int count, SchemaDefinition schema) =>
        context.Data.LoadFromEnumerable<LookupRow<int[]>>([new() { Value = [.. Enumerable.Range(0, count)] }], schema);
}
