using System.Globalization;

namespace TransferLearning.MLNet.Scoring;

/// <summary>
/// Scores as one text, each in as many characters: what carries a vector of any length out of a saved ML.NET model's custom mapping, from
/// where ML.NET's expression transformer takes each slot. Nothing is lost.
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
