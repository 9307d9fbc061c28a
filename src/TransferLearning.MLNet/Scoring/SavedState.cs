using System.Globalization;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Scoring;

/// <summary>
/// The part of a saved ML.NET model that holds the network, as one text <c>2|KIND|COUNT|SLOTS|SIZE|FILE</c>: the version, what the network
/// gives, the number of slots, the slot of each of the model's labels, the size of the images where their column has one, and the ONNX file
/// in base64. It is a text because ML.NET hands a text from row to row without copying it, but not a vector of bytes. Immutable.
/// </summary>
/// <param name="Kind">What the network gives.</param>
/// <param name="Count">The number of slots.</param>
/// <param name="Slots">For each label of the model, its slot; empty for features.</param>
/// <param name="File">The ONNX file.</param>
internal sealed record SavedState(SavedKind Kind, int Count, int[] Slots, byte[] File)
{
    private const string Version = "2";
    private const int Fields = 6;

    /// <summary>The columns of all images; 0 where they are not known.</summary>
    public int Width { get; init; }

    /// <summary>The rows of all images; 0 where they are not known.</summary>
    public int Height { get; init; }

    /// <exception cref="TransferLearningException">The model knows a class that has no slot.</exception>
    public static SavedState Of(TransferModel model, IReadOnlyList<string> classes)
    {
        using var file = new MemoryStream();
        model.Save(file);
        return new SavedState(SavedKind.Scores, classes.Count, ModelScorer.SlotsOf(model, classes), file.ToArray());
    }

    public string Write() => string.Join(
        '|',
        Version,
        Kind,
        Count.ToString(CultureInfo.InvariantCulture),
        string.Join(',', Slots),
        string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}"),
        Convert.ToBase64String(File));

    /// <exception cref="TransferLearningException">The text is not what <see cref="Write"/> writes.</exception>
    public static SavedState Read(ReadOnlySpan<char> text)
    {
        Span<Range> fields = stackalloc Range[Fields + 1];
        int count = text.Split(fields, '|');
        if (!text[fields[0]].SequenceEqual(Version))
        {
            throw new TransferLearningException(
                "the ML.NET model was saved by another version of TransferLearning.MLNet: save it again with this version, or load it with "
                + "that version");
        }

        try
        {
            return count == Fields
                ? Parse(text[fields[1]], text[fields[2]], text[fields[3]], text[fields[4]], text[fields[5]])
                : throw new FormatException("a part of it is missing");
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new TransferLearningException($"the network in the ML.NET model is damaged: {e.Message}", e);
        }
    }

    private static SavedState Parse(
        ReadOnlySpan<char> kind, ReadOnlySpan<char> count, ReadOnlySpan<char> slots, ReadOnlySpan<char> size, ReadOnlySpan<char> file)
    {
        string[] sides = size.ToString().Split('x');
        var state = new SavedState(
            Enum.Parse<SavedKind>(kind),
            Number(count),
            slots.IsEmpty ? [] : Array.ConvertAll(slots.ToString().Split(','), s => Number(s)),
            Convert.FromBase64String(file.ToString()))
        {
            Width = sides.Length == 2 ? Number(sides[0]) : throw new FormatException("the size of the images is missing"),
            Height = Number(sides[1]),
        };
        return state.Slots.All(s => s < state.Count) ? state : throw new FormatException("a class has no slot");
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
