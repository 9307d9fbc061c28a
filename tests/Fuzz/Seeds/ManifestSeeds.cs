using System.Text;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Tests;

namespace TransferLearning.Fuzz.Seeds;

/// <summary>Manifests in each form, and the images that they name.</summary>
internal static class ManifestSeeds
{
    public static IEnumerable<byte[]> All() => new[]
    {
        "path,label,group,split\na/1.png,rose,g1,train\na/2.png,\"da\"\"isy\",g2,val\n",
        "a/1.png,rose\r\na/2.png,daisy\r\n",
        "id\tfile_name\tclass\n1\t1.png\trose\n2\t2.png\tdaisy\n",
        "a/1.png 0\na/2.png 1\n",
        "{\"file_name\": \"a/1.png\", \"label\": \"rose\"}\n{\"file_name\": \"a/2.png\", \"label\": [1]}\n",
        "image,rose,daisy\na/1,1,0\na/2,0,1.0\n",
        "\uFEFFimage_id;label\n1;rosé\n2;daisy\n",
    }.Select(Encoding.UTF8.GetBytes).Append(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a/1.png,rose\n")).ToArray());

    /// <summary>The name that says which form a file has.</summary>
    public static string FileName(byte[] input) => input.AsSpan().StartsWith("{"u8) ? "data.jsonl"
        : input.AsSpan(0, Math.Min(input.Length, 64)).Contains((byte)'\t') ? "data.tsv"
        : input.AsSpan(0, Math.Min(input.Length, 64)).IndexOfAny((byte)',', (byte)';') >= 0 ? "data.csv" : "data.txt";

    /// <summary>Puts the images where the manifests say.</summary>
    public static void AddImages(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "a"));
        File.WriteAllBytes(Path.Combine(folder, "a", "1.png"), PngEncoder.Encode(TestImages.Smooth(8, 8)));
        File.WriteAllBytes(Path.Combine(folder, "a", "2.png"), PngEncoder.Encode(TestImages.Noise(8, 8)));
    }
}
