using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Scoring;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// Scoring with a transfer model as a chain of ML.NET's own transformers, which ML.NET can save and load wherever this assembly is: other
/// transformers cannot be registered from outside ML.NET. The model is the value of a lookup, by a zero, so that every row sees it and
/// it is
/// stored once; custom mappings, which keep nothing of their own, decode and score; what they can give is scalars, so the scores pass as a
/// text, and another lookup gives the vector whose slots, named by the classes, an expression fills from it.
/// </summary>
internal static class ScoringChain
{
    private static readonly string FillSlots =
        $"(slot, text) => single(mid(text, slot * {ScoreText.Width}, slot * {ScoreText.Width} + {ScoreText.Width}))";

    /// <param name="context">ML.NET's.</param>
    /// <param name="model">The model.</param>
    /// <param name="classes">The names of the slots.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="kind">What the column of images holds.</param>
    /// <param name="data">Data with such a column; it is not read.</param>
    public static ITransformer Create(
        MLContext context,
        TransferModel model,
        IReadOnlyList<string> classes,
        TransferLearningColumns columns,
        ImageColumn kind,
        IDataView data)
    {
        var lookups = new Lookups(context, classes);
        IDataView state = lookups.State(PipelineState.Of(model, classes).Write());
        IDataView slots = lookups.Slots(), keys = lookups.Keys();

        // Not ML.NET's chain of estimators: that one compares types of images by reference, and finds none equal.
        var chain = new List<ITransformer>();
        Add(context.Transforms.CopyColumns(InternalColumns.Image, columns.Image));
        Add(context.Transforms.CustomMapping(new ZeroMapping().GetMapping(), ZeroMapping.Contract));
        Add(Lookup(context, InternalColumns.State, state, InternalColumns.Zero));
        Add(kind.Scoring(context));
        Add(Lookup(context, InternalColumns.Slots, slots, InternalColumns.Zero));
        Add(context.Transforms.Expression(columns.Score, FillSlots, InternalColumns.Slots, InternalColumns.ScoreText));
        Add(Lookup(context, columns.PredictedLabel, keys, InternalColumns.Class));
        Add(context.Transforms.DropColumns(InternalColumns.All));
        return new TransformerChain<ITransformer>([.. chain]);

        void Add(IEstimator<ITransformer> estimator)
        {
            chain.Add(estimator.Fit(data));
            data = chain[^1].Transform(data);
        }
    }

    private static ValueMappingEstimator Lookup(MLContext context, string output, IDataView map, string input) =>
        context.Transforms.Conversion.MapValue(
            output, map, map.Schema[nameof(LookupRow<>.Key)], map.Schema[nameof(LookupRow<>.Value)], input);
}
