using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Scores rows whose image is an <see cref="MLImage"/> of any size, in a saved chain.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PixelMapping : CustomMappingFactory<PixelMapping.Row, SavedRow>
{
    public const string Contract = "TransferLearning.Pixel.2";

    public override Action<Row, SavedRow> GetMapping()
    {
        MLImageType.Register();
        var scorer = new SavedScorer();
        return (row, saved) => saved.Set(scorer.Score(row.State, _ => RowImages.OfPixels(row.Image)));
    }

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Image)]
        public MLImage? Image { get; set; }

        [ColumnName(InternalColumns.State)]
        public ReadOnlyMemory<char> State { get; set; }
    }
}
