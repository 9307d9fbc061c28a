using System.IO.Compression;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;
using TransferLearning.Tests.Data.Listings;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>Zip files: one folder per class, a manifest, stored and compressed entries.</summary>
internal static class ZipSeeds
{
    private static readonly byte[] First = PngEncoder.Encode(TestImages.Smooth(8, 8));
    private static readonly byte[] Second = PngEncoder.Encode(TestImages.Noise(8, 8));

    public static IEnumerable<byte[]> All()
    {
        yield return new PatchedZip(("a/1.png", First), ("b/2.png", Second)).ToArray();
        yield return new PatchedZip(("train/a/1.png", First), ("val/b/2.png", Second), ("__MACOSX/._1.png", [0])).ToArray();
        yield return new PatchedZip(("labels.csv", "1.png,rose\n2.png,daisy\n"u8.ToArray()), ("1.png", First), ("2.png", Second)).ToArray();
        yield return Stored();
    }

    private static byte[] Stored()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.Comment = "seed";
            foreach ((string name, byte[] content) in new[] { ("é/1.png", First), ("b/2.png", Second), ("b/", []) })
            {
                using Stream stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                stream.Write(content);
            }
        }

        return file.ToArray();
    }
}
