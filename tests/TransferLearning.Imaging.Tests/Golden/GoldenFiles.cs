using System.Globalization;
using TransferLearning.Imaging.Decoding.Png;

namespace TransferLearning.Imaging.Tests.Golden;

/// <summary>The small files of every format variant that make_golden.py wrote, and what they decode to.</summary>
internal static class GoldenFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    /// <summary>Name, width, height and CRC-32 of the RGB pixels.</summary>
    public static IEnumerable<(string Name, int Width, int Height, uint Crc)> All() =>
        from line in File.ReadLines(Path.Combine(Folder, "expected.tsv"))
        let fields = line.Split('\t')
        select (
            fields[0],
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            int.Parse(fields[2], CultureInfo.InvariantCulture),
            uint.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>A file's bytes.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, "files", name));

    /// <summary>The CRC-32 of an image's pixels.</summary>
    public static uint CrcOf(RgbImage image) => Crc32.Compute(image.Pixels);
}
