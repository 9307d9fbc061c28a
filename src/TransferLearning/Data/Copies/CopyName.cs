namespace TransferLearning.Data.Copies;

/// <summary>
/// What the name of a file says about copies: programs and people name them <c>x_aug0</c>, <c>x-flip</c>, <c>x_rot90</c>, <c>x copy 2</c>,
/// <c>copy of x</c> or <c>x (1)</c>. Immutable.
/// </summary>
/// <param name="Base">The name of the original, without an extension.</param>
/// <param name="Evidence">How much the name says.</param>
internal readonly record struct CopyName(string Base, CopyNameEvidence Evidence)
{
    private const string AugmentorMark = "_original_";
    private const int UuidLength = 36;
    private const string Separators = " _-.";
    private const string Digits = "0123456789";

    // Said of copies only.
    private static readonly HashSet<string> CopyWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "aug", "augmented", "augmentation", "copy", "dup", "duplicate", "kopie", "copie", "copia", "kopia", "副本",
        "flip", "flipped", "hflip", "vflip", "fliph", "flipv", "fliplr", "flipud", "mirrored", "rotate", "rotated", "rotation",
    };

    // Also a thing, and a color in German: said of copies with a number right after it, as in rot90.
    private static readonly HashSet<string> NumberedWords = new(StringComparer.OrdinalIgnoreCase) { "rot", "mirror" };

    // Said of other photos too: a copy where the original is there.
    private static readonly HashSet<string> ChangeWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "crop", "cropped", "zoom", "zoomed", "shift", "shifted", "noise", "noisy", "blur", "blurred", "bright", "brightness", "dark",
        "contrast", "gray", "grey", "sharp", "deg", "resized", "scaled",
    };

    private static readonly string[] Prefixes = ["copy of ", "copy-of-", "copy_of_", "kopie von ", "copie de ", "copia de ", "copia di "];

    private static readonly string[] PrefixWords = ["aug", "augmented", "flip", "flipped", "mirror", "mirrored", "rot", "rotated", "crop"];

    private static readonly string[] Extensions = ["_jpg", "_jpeg", "_png", "_bmp", "_webp", ".jpg", ".jpeg", ".png"];

    /// <summary>Reads a name; null where it does not look like that of a copy.</summary>
    /// <param name="name">The name of a file, without folder and extension.</param>
    public static CopyName? Read(string name) => OfTool(name) ?? OfPrefix(name) ?? OfSuffix(name);

    /// <summary>The names that Roboflow and the package Augmentor give.</summary>
    private static CopyName? OfTool(string name)
    {
        int roboflow = name.LastIndexOf(".rf.", StringComparison.OrdinalIgnoreCase);
        if (roboflow > 0)
        {
            return new CopyName(WithoutExtension(name[..roboflow]), CopyNameEvidence.Copy);
        }

        int augmentor = name.IndexOf(AugmentorMark, StringComparison.OrdinalIgnoreCase);
        return augmentor >= 0 && name.Length > augmentor + AugmentorMark.Length + UuidLength + 1
            ? new CopyName(WithoutExtension(name[(augmentor + AugmentorMark.Length)..^(UuidLength + 1)]), CopyNameEvidence.Copy)
            : null;
    }

    private static CopyName? OfPrefix(string name)
    {
        if (Prefixes.FirstOrDefault(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase)) is { } prefix
            && name.Length > prefix.Length)
        {
            return new CopyName(name[prefix.Length..], CopyNameEvidence.Copy);
        }

        int end = name.AsSpan().IndexOfAny(Separators);
        return end > 0 && end + 1 < name.Length && PrefixWords.Contains(name[..end], StringComparer.OrdinalIgnoreCase)
            ? new CopyName(name[(end + 1)..], CopyNameEvidence.Change)
            : null;
    }

    /// <summary>Words at the end, with or without a number, one after the other; or only a number in parentheses.</summary>
    private static CopyName? OfSuffix(string name)
    {
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> copyWords = CopyWords.GetAlternateLookup<ReadOnlySpan<char>>();
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> changeWords = ChangeWords.GetAlternateLookup<ReadOnlySpan<char>>();
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> numberedWords = NumberedWords.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> left = name;
        CopyNameEvidence? evidence = null;
        while (true)
        {
            ReadOnlySpan<char> words = WithoutNumber(left);
            int start = words.LastIndexOfAny(Separators) + 1;
            ReadOnlySpan<char> word = words[start..].TrimStart(Digits), before = words[..start].TrimEnd(Separators);
            bool isNumbered = numberedWords.Contains(word), hasNumber = words.Length < left.Length && char.IsAsciiDigit(left[words.Length]);
            bool isCopy = copyWords.Contains(word) || (isNumbered && hasNumber);
            if (before.IsEmpty || !(isCopy || isNumbered || changeWords.Contains(word)))
            {
                break;
            }

            left = before;
            evidence = isCopy || evidence == CopyNameEvidence.Copy ? CopyNameEvidence.Copy : CopyNameEvidence.Change;
        }

        if (evidence is { } said)
        {
            return new CopyName(left.ToString(), said);
        }

        int open = name.EndsWith(')') ? name.LastIndexOf('(') : -1;
        return open > 0 && open + 2 < name.Length && !name.AsSpan((open + 1)..^1).ContainsAnyExceptInRange('0', '9')
            ? new CopyName(name[..open].TrimEnd(), CopyNameEvidence.Number)
            : null;
    }

    private static ReadOnlySpan<char> WithoutNumber(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> left = name;
        if (left.EndsWith(")") && left.LastIndexOf('(') is int open and > 0)
        {
            left = left[..open];
        }

        return left.TrimEnd(Separators).TrimEnd(Digits).TrimEnd(Separators);
    }

    private static string WithoutExtension(string name) =>
        Extensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } extension
            ? name[..^extension.Length]
            : name;
}
