using TransferLearning.Files;

namespace TransferLearning.Tests.Files;

public sealed class SteadyWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pieces_of_any_length_follow_each_other()
    {
        // More than two of the blocks that are written to the disk at once.
        byte[] expected = new byte[20_000_000];
        new Random(1).NextBytes(expected);
        string path = _folder.At("file");

        using (var stream = new FileStream(path, FileMode.CreateNew))
        {
            var writer = new SteadyWriter(stream);
            for (int at = 0, length = 0; at < expected.Length; at += length)
            {
                length = Math.Min((length * 3) + 1, expected.Length - at);
                length = length > 5_000_000 ? 1 : length;
                writer.Write(expected.AsSpan(at, length));
            }
        }

        File.ReadAllBytes(path).AsSpan().SequenceEqual(expected).ShouldBeTrue();
    }
}
