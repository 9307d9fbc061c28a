using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// What ML.NET saves of a transformer of this library: a chain of ML.NET's own transformers, because only assemblies of ML.NET can register
/// transformers that it loads. It loads this chain in any process that has this assembly. The network is the value of a lookup table with
/// the single key 0, so that it is stored once and every row gets it. A custom mapping, which has no state of its own, decodes and runs the
/// network. A mapping that is loaded cannot add a vector of a length that its type does not tell, so the values pass as one text; an
/// expression turns it into a vector, whose slot names come from another lookup table.
/// </summary>
internal static class SavedChain
{
    private static readonly string FillSlots =
        $"(slot, text) => single(mid(text, slot * {ScoreText.Width}, slot * {ScoreText.Width} + {ScoreText.Width}))";

    /// <summary>The chain that adds scores and predicted label.</summary>
    /// <param name="context">ML.NET's context.</param>
    /// <param name="state">The model.</param>
    /// <param name="classes">The classes, which become slot names and key values.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="images">The column of images.</param>
    public static ITransformer OfScores(
        MLContext context, SavedState state, IReadOnlyList<string> classes, TransferLearningColumns columns, ImageColumn images)
    {
        var lookups = new Lookups(context);
        Builder chain = Begin(context, lookups, state, images);
        chain.Add(Lookup(context, InternalColumns.Slots, lookups.Slots(classes), InternalColumns.Zero));
        chain.Add(context.Transforms.Expression(columns.Score, FillSlots, InternalColumns.Slots, InternalColumns.ScoreText));
        chain.Add(Lookup(context, columns.PredictedLabel, lookups.Keys(classes), InternalColumns.Class));
        return chain.End(context);
    }

    /// <summary>The chain that adds features.</summary>
    /// <param name="context">ML.NET's context.</param>
    /// <param name="state">The network.</param>
    /// <param name="column">The column of features.</param>
    /// <param name="images">The column of images.</param>
    public static ITransformer OfFeatures(MLContext context, SavedState state, string column, ImageColumn images)
    {
        var lookups = new Lookups(context);
        Builder chain = Begin(context, lookups, state, images);
        chain.Add(Lookup(context, InternalColumns.Slots, lookups.Slots(state.Count), InternalColumns.Zero));
        chain.Add(context.Transforms.Expression(column, FillSlots, InternalColumns.Slots, InternalColumns.ScoreText));
        return chain.End(context);
    }

    private static Builder Begin(MLContext context, Lookups lookups, SavedState state, ImageColumn images)
    {
        MLImageType.Register();
        var chain = new Builder(EmptyRows.Of(images.Name, images.Type));

        // Of images of one size, their pixels: red, green and blue. ML.NET converts an MLImage to an object only where its size is
        // registered, which a process that loads the chain has not done.
        chain.Add(images.Size is null
            ? context.Transforms.CopyColumns(InternalColumns.Image, images.Name)
            : context.Transforms.ExtractPixels(
                InternalColumns.Image, images.Name, interleavePixelColors: true, outputAsFloatArray: false));
        (int width, int height) = images.Size ?? (0, 0);
        chain.Add(context.Transforms.CustomMapping(new ZeroMapping().GetMapping(), ZeroMapping.Contract));
        IDataView network = lookups.State((state with { Width = width, Height = height }).Write());
        chain.Add(Lookup(context, InternalColumns.State, network, InternalColumns.Zero));
        chain.Add(Mapping(context, images));
        return chain;
    }

    private static IEstimator<ITransformer> Mapping(MLContext context, ImageColumn images) => images switch
    {
        { Size: not null } => context.Transforms.CustomMapping(new PixelBlockMapping().GetMapping(), PixelBlockMapping.Contract),
        { Images: TransferLearningImages.Encoded } =>
            context.Transforms.CustomMapping(new EncodedMapping().GetMapping(), EncodedMapping.Contract),
        { Images: TransferLearningImages.Paths } =>
            context.Transforms.CustomMapping(new PathMapping().GetMapping(), PathMapping.Contract),
        { Images: TransferLearningImages.Pixels } =>
            context.Transforms.CustomMapping(new PixelMapping().GetMapping(), PixelMapping.Contract),
        _ => throw new InvalidOperationException($"{images.Images} is not a kind of images"),
    };

    private static ValueMappingEstimator Lookup(MLContext context, string output, IDataView map, string input) =>
        context.Transforms.Conversion.MapValue(
            output, map, map.Schema[nameof(LookupRow<>.Key)], map.Schema[nameof(LookupRow<>.Value)], input);

    /// <summary>Not ML.NET's chain of estimators, which compares image types by reference and never finds them equal.</summary>
    private sealed class Builder(IDataView data)
    {
        private readonly List<ITransformer> _chain = [];
        private IDataView _data = data;

        public void Add(IEstimator<ITransformer> estimator)
        {
            _chain.Add(estimator.Fit(_data));
            _data = _chain[^1].Transform(_data);
        }

        public TransformerChain<ITransformer> End(MLContext context)
        {
            Add(context.Transforms.DropColumns([.. InternalColumns.All.Where(c => _data.Schema.GetColumnOrNull(c) is not null)]));
            return new TransformerChain<ITransformer>([.. _chain]);
        }
    }
}
