using System.Globalization;

namespace TransferLearning.Cli.Options.Texts;

/// <summary>Reads a number of bytes: a whole number, or a number with a unit, such as 500MB, 1.5GB or 2GiB.</summary>
internal static class SizeText
{
    private static readonly (string Name, decimal Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000), ("B", 1),
    ];

    /// <summary>Reads a size; false for a negative one, one beyond 64 bits, and a text that is none.</summary>
    public static bool TryRead(string text, out long bytes)
    {
        bytes = 0;
        text = text.Trim();
        (string unit, decimal factor) = Units.FirstOrDefault(u => text.EndsWith(u.Name, StringComparison.OrdinalIgnoreCase), ("", 1));
        string number = text[..^unit.Length].TrimEnd();
        NumberStyles style = unit.Length == 0 ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(number, style, CultureInfo.InvariantCulture, out decimal value) || value > long.MaxValue / factor)
        {
            return false;
        }

        bytes = (long)(value * factor);
        return true;
    }
}
