using System.Globalization;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Scoring;

/// <summary>
/// The part of a saved ML.NET model that holds the transfer model, as one text <c>1|CLASSES|SLOTS|MODEL</c>: the version, the number of
/// slots of the score, the slot of each of the model's labels, and the ONNX file in base64. Immutable.
/// </summary>
/// <param name="Classes">The number of slots.</param>
/// <param name="Slots">For each label of the model, its slot.</param>
/// <param name="Model">The model's ONNX file.</param>
internal sealed record PipelineState(int Classes, int[] Slots, byte[] Model)
{
    private const string Version = "1";

    /// <exception cref="TransferLearningException">The model knows a class that has no slot.</exception>
    public static PipelineState Of(TransferModel model, IReadOnlyList<string> classes)
    {
        List<string> names = [.. classes];
        int[] slots = [.. model.Labels.Select(label => names.IndexOf(label))];
        int unknown = Array.IndexOf(slots, -1);
        if (unknown >= 0)
        {
            throw new TransferLearningException(
                $"the model knows the class '{model.Labels[unknown]}', which the label column does not have; "
                + $"its classes are: {string.Join(", ", classes)}");
        }

        using var file = new MemoryStream();
        model.Save(file);
        return new PipelineState(classes.Count, slots, file.ToArray());
    }

    public string Write() => string.Join(
        '|', Version, Classes.ToString(CultureInfo.InvariantCulture), string.Join(',', Slots), Convert.ToBase64String(Model));

    /// <exception cref="TransferLearningException">The text is not what <see cref="Write"/> writes.</exception>
    public static PipelineState Read(ReadOnlySpan<char> text)
    {
        Span<Range> fields = stackalloc Range[5];
        int count = text.Split(fields, '|');
        if (count > 0 && !text[fields[0]].SequenceEqual(Version))
        {
            throw new TransferLearningException(
                "the ML.NET model was saved by another version of TransferLearning.MLNet: save it again with this version, or load it with "
                + "that version");
        }

        try
        {
            string[] slots = count == 4 ? text[fields[2]].ToString().Split(',') : throw new FormatException("a part of it is missing");
            var state = new PipelineState(
                int.Parse(text[fields[1]], NumberStyles.None, CultureInfo.InvariantCulture),
                Array.ConvertAll(slots, s => int.Parse(s, NumberStyles.None, CultureInfo.InvariantCulture)),
                Convert.FromBase64String(text[fields[3]].ToString()));
            return state.Slots.All(s => s < state.Classes) ? state : throw new FormatException("a class has no slot");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new TransferLearningException($"the transfer model in the ML.NET model is damaged: {e.Message}", e);
        }
    }
}
