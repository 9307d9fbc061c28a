using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>JPEG files: what the encoder writes, and progressive ones with random coefficients.</summary>
internal static class JpegSeeds
{
    // One code of each length: all bits but 16 ones are a code, so that random bits are coefficients.
    private static readonly byte[] OneCodePerLength = [.. Enumerable.Repeat((byte)1, 16)];
    private static readonly byte[] DcSizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0];
    // Ends of blocks first: few blocks get more coefficients than there are.
    private static readonly byte[] AcSymbols =
        [0x00, 0x01, 0x11, 0x02, 0x10, 0x21, 0xF0, 0x03, 0x20, 0x31, 0x30, 0x41, 0x04, 0x51, 0x12, 0xE0];


    private static readonly byte[] RefinementSymbols =
        [0x00, 0x01, 0x11, 0x21, 0x10, 0x31, 0xF0, 0x41, 0x20, 0x51, 0x61, 0x30, 0x71, 0x81, 0x91, 0xE0];

    public static IEnumerable<byte[]> All()
    {
        RgbImage photo = TestImages.Smooth(45, 34);
        foreach (ChromaSubsampling subsampling in Enum.GetValues<ChromaSubsampling>())
        {
            yield return JpegEncoder.Encode(photo, 90, subsampling);
        }

        yield return WithOrientation(JpegEncoder.Encode(TestImages.Smooth(24, 16), 60), 6);
        yield return HostileFiles.FlatJpeg(64, progressive: false);
        yield return HostileFiles.FlatJpeg(64, progressive: true);
        yield return Progressive(40, 30, [0x22, 0x11, 0x11]);
        yield return Progressive(48, 24, [0x21, 0x12, 0x11]);
        yield return Progressive(33, 17, [0x11, 0x11, 0x11, 0x11]);
        yield return Progressive(25, 25, [0x11], restart: 3);
    }

    /// <summary>The first file with random coefficients that is valid: in others, a block has too many.</summary>
    private static byte[] Progressive(byte width, byte height, byte[] sampling, byte restart = 0) => Enumerable.Range(0, 10_000)
        .Select(seed => Progressive(width, height, sampling, restart, new Random(seed)))
        .First(IsValid);

    private static bool IsValid(byte[] jpeg)
    {
        try
        {
            ImageFormats.BuiltIn.Decode(jpeg);
            return true;
        }
        catch (InvalidImageException)
        {
            return false;
        }
    }

    private static byte[] Progressive(byte width, byte height, byte[] sampling, byte restart, Random random)
    {
        int count = sampling.Length;
        byte[] components = [.. Enumerable.Range(0, count).SelectMany(c => new byte[] { (byte)(c + 1), sampling[c], 0 })];
        List<byte> file =
        [
            0xFF, 0xD8,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)3, 64),
            0xFF, 0xC2, 0, (byte)(8 + (3 * count)), 8, 0, height, 0, width, (byte)count, .. components,
            0xFF, 0xC4, 0, 35, 0x00, .. OneCodePerLength, .. DcSizes,
            0xFF, 0xC4, 0, 35, 0x10, .. OneCodePerLength, .. AcSymbols,
            0xFF, 0xC4, 0, 35, 0x11, .. OneCodePerLength, .. RefinementSymbols,
            0xFF, 0xDD, 0, 4, 0, restart,
        ];
        int intervals = restart == 0 ? 1 : (((width + 7) / 8 * ((height + 7) / 8)) + restart - 1) / restart;
        byte[] all = [.. Enumerable.Range(1, count).Select(c => (byte)c)];
        AddScan(file, all, 0, 0, 0x01, intervals, random);
        foreach (byte component in all)
        {
            AddScan(file, [component], 1, 63, 0x01, intervals, random);
        }

        AddScan(file, all, 0, 0, 0x10, intervals, random);
        AddScan(file, [1], 1, 63, 0x10, intervals, random);
        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    private static void AddScan(
        List<byte> file, byte[] components, byte first, byte last, byte approximation, int intervals, Random random)
    {
        const int bytes = 400;
        byte table = approximation == 0x10 ? (byte)1 : (byte)0;
        byte[] tables = [.. components.SelectMany(c => new[] { c, table })];
        file.AddRange([0xFF, 0xDA, 0, (byte)(6 + tables.Length), (byte)components.Length, .. tables, first, last, approximation]);
        for (int i = 0; i < bytes * intervals; i++)
        {
            if (i > 0 && i % bytes == 0)
            {
                file.AddRange([0xFF, (byte)(0xD0 + (((i / bytes) - 1) % 8))]);
            }

            // 0xFF would begin a marker.
            file.Add((byte)random.Next(255));
        }
    }

    private static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        0xFF, 0xD8,
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
        .. jpeg.AsSpan(2),
    ];
}
