using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Scores rows whose image is an <see cref="MLImage"/>.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PixelScoring : CustomMappingFactory<PixelScoring.Row, ScoredRow>
{
    public const string Contract = "TransferLearning.ScorePixels.1";

    public override Action<Row, ScoredRow> GetMapping()
    {
        ImagePixels.Register();
        var scorer = new RowScorer();
        return (row, scored) => scored.Set(row.Image is { } image
            ? scorer.Score(row.State, ImagePixels.Of(image))
            : scorer.Score(row.State, ReadOnlySpan<byte>.Empty));
    }

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Image)]
        public MLImage? Image { get; set; }

        [ColumnName(InternalColumns.State)]
        public ReadOnlyMemory<char> State { get; set; }
    }
}
