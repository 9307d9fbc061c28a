using System.Buffers.Binary;
using TransferLearning.Imaging.Decoding.Png;
using TransferLearning.Imaging.Tests.Golden;

namespace TransferLearning.Imaging.Tests;

public sealed class FuzzTests
{
    // A small limit, so that a damaged size in a header costs no time.
    private static readonly DecoderOptions Options = new() { MaxPixels = 1 << 20 };
    private static readonly DecoderOptions Reducing = Options with { ReduceAbovePixels = 1, MinReducedSide = 1, MaxReducedPixels = 200 };

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".gif")]
    public void Damaged_files_are_decoded_or_refused_without_another_exception(string extension)
    {
        var random = new Random(11);
        foreach ((string? name, int _, int _, uint _) in GoldenFiles.All().Where(f => f.Name.EndsWith(extension, StringComparison.Ordinal)))
        {
            byte[] file = GoldenFiles.Read(name);
            for (int round = 0; round < 150; round++)
            {
                byte[] damaged = Damage(file, random);
                if (extension == ".png" && round % 4 != 0)
                {
                    RepairChecksums(damaged);
                }

                DecodeOrRefuse(damaged, Options, name, round);
                DecodeOrRefuse(damaged, Reducing, name, round);
            }
        }
    }

    [Fact]
    public void Truncated_files_are_refused_at_every_length()
    {
        foreach (string? name in new[] { "baseline-420.jpg", "progressive-420.jpg", "rgb-8.png", "bmp-8.bmp", "gif.gif" })
        {
            byte[] file = GoldenFiles.Read(name);

            // The end marker of a PNG file has 12 bytes, and the checksum of its pixels 4: without them, the pixels are still whole.
            int end = Path.GetExtension(name) switch { ".bmp" => 1, ".png" => 17, _ => 8 };
            for (int length = 0; length <= file.Length - end; length += 7)
            {
                Should.Throw<InvalidImageException>(
                    () => ImageFormats.BuiltIn.Decode(file.AsSpan(0, length)), $"{name} cut to {length} bytes");
            }
        }
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        byte[] damaged = file.ToArray();
        int edits = random.Next(1, 6);
        for (int i = 0; i < edits; i++)
        {
            // Half of the edits are in the headers, which matter most.
            int at = random.Next(2) == 0 ? random.Next(Math.Min(file.Length, 700)) : random.Next(file.Length);
            damaged[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(damaged[at] ^ (1 << random.Next(8))),
                _ => 0xFF,
            };
        }

        return random.Next(8) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    // Without this, every damaged PNG file would be refused at its first checksum.
    private static void RepairChecksums(byte[] png)
    {
        for (int at = 8; at + 12 <= png.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
            {
                return;
            }

            uint crc = Crc32.Compute(png.AsSpan(at + 4, 4 + (int)length));
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + (int)length), crc);
            at += 12 + (int)length;
        }
    }

    private static void DecodeOrRefuse(byte[] data, DecoderOptions options, string name, int round)
    {
        try
        {
            ImageFormats.BuiltIn.Decode(data, options);
        }
        catch (InvalidImageException e)
        {
            e.Message.ShouldNotContain("a fault of", customMessage: $"round {round} of {name}");
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"round {round} of {name} ended in {e.GetType().Name}", e);
        }
    }
}
