using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The columns that the mappings of a saved chain read.</summary>
internal sealed class SavedInput<TImage>
{
    [ColumnName(InternalColumns.Image)]
    public TImage Image { get; set; } = default!;

    [ColumnName(InternalColumns.State)]
    public ReadOnlyMemory<char> State { get; set; }
}
