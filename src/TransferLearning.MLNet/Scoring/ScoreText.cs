using System.Globalization;

namespace TransferLearning.MLNet.Scoring;

/// <summary>
/// Scores as one text, each with the same number of characters. A custom mapping of a saved ML.NET model cannot return a vector of any
/// length, but it can return a text, from which ML.NET's expression transformer takes each slot. The text keeps every bit of a score.
/// </summary>
internal static class ScoreText
{
    /// <summary>The characters of one score; the longest float is <c>-1.17549435E-38</c>.</summary>
    public const int Width = 16;

    public static ReadOnlyMemory<char> Write(ReadOnlySpan<float> scores)
    {
        char[] text = new char[scores.Length * Width];
        Array.Fill(text, ' ');
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i].TryFormat(text.AsSpan(i * Width, Width), out _, "R", CultureInfo.InvariantCulture);
        }

        return text;
    }
}
