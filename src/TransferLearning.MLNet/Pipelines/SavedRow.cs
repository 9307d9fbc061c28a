using Microsoft.ML.Data;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The columns that the mappings of a saved chain add to a row.</summary>
internal sealed class SavedRow
{
    [ColumnName(InternalColumns.ScoreText)]
    public ReadOnlyMemory<char> ScoreText { get; set; }

    [ColumnName(InternalColumns.Class)]
    public uint Class { get; set; }

    public void Set(ImageScores scores) => (ScoreText, Class) = (Scoring.ScoreText.Write(scores.Values), scores.Class);
}
