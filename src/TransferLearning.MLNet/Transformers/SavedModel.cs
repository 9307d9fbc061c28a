using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Pipelines;
using TransferLearning.MLNet.Scoring;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Transformers;

/// <summary>Finds the model in a pipeline that ML.NET has loaded.</summary>
internal static class SavedModel
{
    /// <returns>The first model, in a new object; null where there is none.</returns>
    /// <exception cref="TransferLearningException">The model is damaged.</exception>
    public static TransferModel? Find(ITransformer transformer) => transformer switch
    {
        TransferLearningTransformer fitted => Copy(fitted.Model),
        IEnumerable<ITransformer> chain => chain.Select(Find).FirstOrDefault(found => found is not null),
        ValueMappingTransformer lookup => Read(lookup),
        _ => null,
    };

    private static TransferModel Copy(TransferModel model)
    {
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        return TransferModel.Load(file);
    }

    /// <summary>Looks up the single key of the table that holds the network.</summary>
    private static TransferModel? Read(ValueMappingTransformer lookup)
    {
        var context = new MLContext();
        IDataView zero = context.Data.LoadFromEnumerable<ZeroMapping.Row>([new()]);
        IDataView mapped;
        try
        {
            mapped = lookup.Transform(zero);
        }
        catch (ArgumentException)
        {
            // A table of the user's: it does not map the column with the zero.
            return null;
        }

        if (mapped.Schema.GetColumnOrNull(InternalColumns.State) is not { } column)
        {
            return null;
        }

        ReadOnlyMemory<char> text = default;
        using DataViewRowCursor cursor = mapped.GetRowCursor([column]);
        cursor.MoveNext();
        cursor.GetGetter<ReadOnlyMemory<char>>(column)(ref text);
        var state = SavedState.Read(text.Span);
        if (state.Kind != SavedKind.Scores)
        {
            return null;
        }

        using var file = new MemoryStream(state.File, writable: false);
        return TransferModel.Load(file);
    }
}
