namespace TransferLearning.MLNet.Scoring;

/// <summary>A model's scores for the image of a row.</summary>
/// <param name="Text">The scores: see <see cref="ScoreText"/>.</param>
/// <param name="Class">The slot of the highest score; <see cref="RowScorer.Missing"/> for none.</param>
internal readonly record struct RowScores(ReadOnlyMemory<char> Text, uint Class);
