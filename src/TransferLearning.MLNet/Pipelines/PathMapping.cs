using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Scores rows whose image is a path, in a saved chain.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PathMapping : CustomMappingFactory<PathMapping.Row, SavedRow>
{
    public const string Contract = "TransferLearning.Path.2";

    public override Action<Row, SavedRow> GetMapping()
    {
        var scorer = new SavedScorer();
        return (row, saved) => saved.Set(scorer.Score(row.State, _ => RowImages.OfPath(row.Image)));
    }

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Image)]
        public ReadOnlyMemory<char> Image { get; set; }

        [ColumnName(InternalColumns.State)]
        public ReadOnlyMemory<char> State { get; set; }
    }
}
