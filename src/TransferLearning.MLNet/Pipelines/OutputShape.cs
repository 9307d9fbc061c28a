using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// The columns that the estimator adds to a schema, before there is a model. Only ML.NET itself can create the shape of a column: a mapping
/// that never runs provides it.
/// </summary>
internal static class OutputShape
{
    // The shape does not depend on the number of classes.
    private static readonly string[] SomeClasses = ["a", "b"];

    public static SchemaShape Of(MLContext context, SchemaShape input, TransferLearningColumns columns)
    {
        Check(input, columns);
        var schema = SchemaDefinition.Create(typeof(Added));
        SchemaDefinition.Column score = schema[nameof(Added.Score)], predicted = schema[nameof(Added.PredictedLabel)];
        (score.ColumnName, predicted.ColumnName) = (columns.Score, columns.PredictedLabel);
        score.ColumnType = new VectorDataViewType(NumberDataViewType.Single, SomeClasses.Length);
        predicted.ColumnType = new KeyDataViewType(typeof(uint), SomeClasses.Length);
        ClassNames.Annotate(score, "SlotNames", SomeClasses);
        ClassNames.Annotate(predicted, "KeyValues", SomeClasses);
        return context.Transforms.CustomMapping<ZeroMapping.Nothing, Added>((_, _) => { }, null, null, schema).GetOutputSchema(input);
    }

    private static void Check(SchemaShape input, TransferLearningColumns columns)
    {
        string[] names = [.. input.Select(c => c.Name)];
        string[] missing = [.. new[] { columns.Image, columns.Label }.Except(names, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new TransferLearningException(
                $"the data has no column {string.Join(" and ", missing.Select(m => $"'{m}'"))}; "
                + $"it has {string.Join(", ", names.Select(n => $"'{n}'"))}");
        }

        SchemaShape.Column label = input.First(c => c.Name == columns.Label);
        if (!label.IsKey)
        {
            throw new TransferLearningException(
                $"the label column '{label.Name}' is not a key: "
                + $"put mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\") before it in the pipeline");
        }
    }

    private sealed class Added
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
