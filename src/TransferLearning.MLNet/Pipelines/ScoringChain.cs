using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Scoring;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// Scores with a transfer model by a chain of ML.NET's own transformers. Only assemblies of ML.NET can register transformers that it loads,
/// but it saves and loads this chain in any process that has this assembly. The model is the value of a lookup table with the single key 0,
/// so that it is stored once and every row gets it. A custom mapping, which has no state of its own, decodes and scores. Mappings return
/// only scalars, so the scores pass as one text; an expression turns it into a vector, whose slot names come from another lookup table.
/// </summary>
internal static class ScoringChain
{
    private static readonly string FillSlots =
        $"(slot, text) => single(mid(text, slot * {ScoreText.Width}, slot * {ScoreText.Width} + {ScoreText.Width}))";

    /// <param name="context">ML.NET's context.</param>
    /// <param name="model">The model.</param>
    /// <param name="classes">The classes, which become slot names.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="kind">The kind of the image column.</param>
    /// <param name="data">Data with such a column; only its schema is used.</param>
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

        // Not ML.NET's chain of estimators, which compares image types by reference and never finds them equal.
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
