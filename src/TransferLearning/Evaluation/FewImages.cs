using TransferLearning.Data;

namespace TransferLearning.Evaluation;

/// <summary>What to tell the user about figures that rest on few images.</summary>
internal static class FewImages
{
    /// <summary>With fewer, the 95 % interval of an accuracy of 0.9 is more than 12 points wide.</summary>
    public const int MinEvaluated = 100;

    /// <summary>With fewer, one image changes the recall of a class by more than 10 points.</summary>
    public const int MinPerClass = 10;

    private const int MaxNamed = 20;

    /// <summary>A hint for an accuracy that was measured on few images; null where there are enough.</summary>
    /// <param name="images">The number of images that the accuracy was measured on.</param>
    /// <param name="crossValidation">What cross-validates: a command or method.</param>
    public static string? Hint(int images, string crossValidation) => images >= MinEvaluated ? null
        : $"the accuracy was measured on only {images} {(images == 1 ? "image" : "images")}: {crossValidation} measures it on all "
            + "images of a data set";

    /// <summary>A warning that names the classes of few images; null where there are none.</summary>
    /// <param name="parts">The labeled images, such as those of training and validation.</param>
    public static string? OfClasses(IReadOnlyList<ImageDataset> parts)
    {
        (string Name, int Images)[] few =
        [
            .. parts.SelectMany(p => p.Images).Where(i => i.Label is not null).CountBy(i => i.Label!, StringComparer.Ordinal)
                .Where(c => c.Value < MinPerClass)
                .OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => (c.Key, c.Value)),
        ];
        if (few.Length == 0)
        {
            return null;
        }

        string named = string.Join(", ", few.Take(MaxNamed).Select(c => $"{c.Name}: {c.Images}"));
        string more = few.Length > MaxNamed ? $" and {few.Length - MaxNamed} more" : "";
        string which = few.Length == 1 ? "one class" : $"{few.Length} classes";
        return $"fewer than {MinPerClass} images of {which} ({named}{more}): add images, since the figures of such a class are uncertain";
    }
}
