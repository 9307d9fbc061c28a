namespace TransferLearning.MLNet.Pipelines;

/// <summary>The columns between the steps of a chain. Saved ML.NET models contain their names: do not change them.</summary>
internal static class InternalColumns
{
    public const string Image = TransferLearningColumns.InternalPrefix + "Image";
    public const string Zero = TransferLearningColumns.InternalPrefix + "Zero";
    public const string State = TransferLearningColumns.InternalPrefix + "State";
    public const string ScoreText = TransferLearningColumns.InternalPrefix + "ScoreText";
    public const string Class = TransferLearningColumns.InternalPrefix + "Class";
    public const string Slots = TransferLearningColumns.InternalPrefix + "Slots";

    public static string[] All => [Image, Zero, State, ScoreText, Class, Slots];
}
