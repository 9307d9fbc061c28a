using Microsoft.ML;
using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// The shape of the columns that an estimator adds, before there is data. Only ML.NET itself can create the shape of a column: a mapping
/// that never runs provides it.
/// </summary>
internal static class OutputShape
{
    // The shape does not depend on the number of classes.
    private static readonly string[] SomeClasses = ["a", "b"];

    /// <exception cref="TransferLearningException">A column is missing, or the label column is not a key.</exception>
    public static SchemaShape OfScores(MLContext context, SchemaShape input, TransferLearningColumns columns, bool isTrainer)
    {
        RequireColumns(input, isTrainer ? [columns.Image, columns.Label] : [columns.Image]);
        if (isTrainer && !input.First(c => c.Name == columns.Label).IsKey)
        {
            throw new TransferLearningException(
                $"the label column '{columns.Label}' is not a key: "
                + $"put mlContext.Transforms.Conversion.MapValueToKey(\"{columns.Label}\") before it in the pipeline");
        }

        return Add<AddedColumns.ScoreRow>(context, input, AddedColumns.Scores(columns, SomeClasses));
    }

    /// <exception cref="TransferLearningException">The column of images is missing.</exception>
    public static SchemaShape OfFeatures(MLContext context, SchemaShape input, string imageColumn, string featuresColumn, int count)
    {
        RequireColumns(input, [imageColumn]);
        return Add<AddedColumns.FeatureRow>(context, input, AddedColumns.Features(featuresColumn, count));
    }

    private static SchemaShape Add<TAdded>(MLContext context, SchemaShape input, SchemaDefinition added)
        where TAdded : class, new() =>
        context.Transforms.CustomMapping<ZeroMapping.Nothing, TAdded>((_, _) => { }, null, null, added).GetOutputSchema(input);

    private static void RequireColumns(SchemaShape input, string[] columns)
    {
        string[] names = [.. input.Select(c => c.Name)];
        string[] missing = [.. columns.Except(names, StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new TransferLearningException(
                $"the data has no column {string.Join(" and ", missing.Select(m => $"'{m}'"))}; "
                + $"it has {string.Join(", ", names.Select(n => $"'{n}'"))}");
        }
    }
}
