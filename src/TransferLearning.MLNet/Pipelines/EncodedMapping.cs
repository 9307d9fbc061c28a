using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Scores rows whose image is an encoded file, in a saved chain.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EncodedMapping : CustomMappingFactory<EncodedMapping.Row, SavedRow>
{
    public const string Contract = "TransferLearning.Encoded.2";

    public override Action<Row, SavedRow> GetMapping()
    {
        var scorer = new SavedScorer();
        return (row, saved) => saved.Set(scorer.Score(row.State, _ => RowImages.OfBytes(row.Image)));
    }

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Image)]
        public VBuffer<byte> Image { get; set; }

        [ColumnName(InternalColumns.State)]
        public ReadOnlyMemory<char> State { get; set; }
    }
}
