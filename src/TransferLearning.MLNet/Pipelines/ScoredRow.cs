using Microsoft.ML.Data;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The columns that the scoring mappings add to a row.</summary>
internal sealed class ScoredRow
{
    [ColumnName(InternalColumns.ScoreText)]
    public ReadOnlyMemory<char> ScoreText { get; set; }

    [ColumnName(InternalColumns.Class)]
    public uint Class { get; set; }

    public void Set(RowScores scores) => (ScoreText, Class) = (scores.Text, scores.Class);
}
