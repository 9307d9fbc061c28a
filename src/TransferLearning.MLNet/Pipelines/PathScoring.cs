using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Scores rows whose image is a path.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PathScoring : CustomMappingFactory<PathScoring.Row, ScoredRow>
{
    public const string Contract = "TransferLearning.ScorePath.1";

    public override Action<Row, ScoredRow> GetMapping()
    {
        var scorer = new RowScorer();
        return (row, scored) => scored.Set(scorer.Score(row.State, Read(row.Image.ToString())));
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TransferLearningException($"the image '{path}' cannot be read: {e.Message}", e);
        }
    }

    internal sealed class Row
    {
        [ColumnName(InternalColumns.Image)]
        public ReadOnlyMemory<char> Image { get; set; }

        [ColumnName(InternalColumns.State)]
        public ReadOnlyMemory<char> State { get; set; }
    }
}
