using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Scores rows whose image is a block of pixels, extracted from images of one size, in a saved chain.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PixelBlockMapping : CustomMappingFactory<PixelBlockMapping.Row, SavedRow>
{
    public const string Contract = "TransferLearning.PixelBlock.2";

    public override Action<Row, SavedRow> GetMapping()
    {
        var scorer = new SavedScorer();
        return (row, saved) => saved.Set(scorer.Score(row.State, state => RowImages.OfPixelBlock(row.Image, state.Width, state.Height)));
    }

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Image)]
        public VBuffer<byte> Image { get; set; }

        [ColumnName(InternalColumns.State)]
        public ReadOnlyMemory<char> State { get; set; }
    }
}
