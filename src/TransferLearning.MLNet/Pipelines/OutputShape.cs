using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// What the estimator will add to a schema, before there is a model. Only ML.NET itself can make the shape of a column, so a mapping that
/// never runs is asked for it.
/// </summary>
internal static class OutputShape
{
    // Any number of classes has the same shape.
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
                $"the label column '{label.Name}' is no key: put mlContext.Transforms.Conversion.MapValueToKey(\"{label.Name}\") before");
        }
    }

    private sealed class Added
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
