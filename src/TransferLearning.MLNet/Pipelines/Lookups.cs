using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The lookup tables of a scoring chain. ML.NET saves them, with their annotations, as a part of the chain.</summary>
internal sealed class Lookups(MLContext context, IReadOnlyList<string> classes)
{
    private const string SlotNames = "SlotNames";
    private const string KeyValues = "KeyValues";

    /// <summary>Maps 0 to the model.</summary>
    public IDataView State(string state) =>
        context.Data.LoadFromEnumerable<LookupRow<ReadOnlyMemory<char>>>([new() { Value = state.AsMemory() }]);

    /// <summary>Maps 0 to [0, 1, 2, ...], a vector whose slot names are the classes.</summary>
    public IDataView Slots()
    {
        SchemaDefinition schema = Schema<int[]>(new VectorDataViewType(NumberDataViewType.Int32, classes.Count), SlotNames);
        return context.Data.LoadFromEnumerable<LookupRow<int[]>>([new() { Value = [.. Enumerable.Range(0, classes.Count)] }], schema);
    }

    /// <summary>Maps the number of a class, from 0, to a key whose values are the classes.</summary>
    public IDataView Keys()
    {
        SchemaDefinition schema = Schema<uint>(new KeyDataViewType(typeof(uint), classes.Count), KeyValues);

        // In data made of objects, keys are numbered from 0.
        IEnumerable<uint> numbers = Enumerable.Range(0, classes.Count).Select(i => (uint)i);
        return context.Data.LoadFromEnumerable(numbers.Select(i => new LookupRow<uint> { Key = i, Value = i }).ToArray(), schema);
    }

    private SchemaDefinition Schema<T>(DataViewType type, string annotation)
    {
        var schema = SchemaDefinition.Create(typeof(LookupRow<T>));
        SchemaDefinition.Column value = schema[nameof(LookupRow<>.Value)];
        value.ColumnType = type;
        ClassNames.Annotate(value, annotation, classes);
        return schema;
    }
}
