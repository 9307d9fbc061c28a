using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Scores rows whose image is an encoded file.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EncodedScoring : CustomMappingFactory<EncodedScoring.Row, ScoredRow>
{
    public const string Contract = "TransferLearning.ScoreEncoded.1";

    public override Action<Row, ScoredRow> GetMapping()
    {
        var scorer = new RowScorer();
        return (row, scored) => scored.Set(scorer.Score(row.State, ImageBytes.Of(row.Image)));
    }

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Image)]
        public VBuffer<byte> Image { get; set; }

        [ColumnName(InternalColumns.State)]
        public ReadOnlyMemory<char> State { get; set; }
    }
}
