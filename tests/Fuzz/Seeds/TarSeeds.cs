using System.IO.Compression;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;
using static TransferLearning.Tests.Data.Listings.HandmadeTar;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>Tar files: old, ustar, pax and GNU entries, links, a manifest, and one that is compressed.</summary>
internal static class TarSeeds
{
    private static readonly byte[] First = PngEncoder.Encode(TestImages.Smooth(8, 8));
    private static readonly byte[] Second = PngEncoder.Encode(TestImages.Noise(8, 8));

    public static IEnumerable<byte[]> All()
    {
        byte[] plain = [.. Entry("a/1.png", First), .. Entry("b/2.png", Second), .. End()];
        yield return plain;
        yield return
        [
            .. Entry("a/", [], '5'), .. Entry("a/1.png", First, ustar: false), .. Entry("b/2.png", [], '1', linkName: "a/1.png"), .. End(),
        ];
        yield return
        [
            .. Pax("path=train/a/1.png", "size=" + First.Length), .. Entry("short", First),
            .. Entry("././@LongLink", [.. "val/b/2.png\0"u8], 'L'), .. Entry("short", Second, size: Binary(Second.Length)), .. End(),
        ];
        yield return
        [
            .. Entry("labels.csv", "1.png,rose\n2.png,daisy\n"u8.ToArray()), .. Entry("1.png", First), .. Entry("2.png", Second), .. End(),
        ];
        yield return Compressed(plain);
    }

    public static string FileName(byte[] input) => input is [0x1F, 0x8B, ..] ? "data.tar.gz" : "data.tar";

    private static byte[] Compressed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
