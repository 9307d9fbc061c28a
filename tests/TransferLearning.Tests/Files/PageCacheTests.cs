using TransferLearning.Files;

namespace TransferLearning.Tests.Files;

public sealed class PageCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Hints_keep_what_is_not_on_the_disk_yet()
    {
        byte[] expected = new byte[3_000_000];
        new Random(1).NextBytes(expected);
        string path = _folder.At("file");

        using (FileStream stream = File.Create(path))
        {
            stream.Write(expected);
            stream.Flush();
            PageCache.Release(stream.SafeFileHandle, 0, stream.Length);
            PageCache.StartWriting(stream.SafeFileHandle, 1_000, stream.Length);
            PageCache.Release(stream.SafeFileHandle, 5_000, 1_000_000);
        }

        File.ReadAllBytes(path).AsSpan().SequenceEqual(expected).ShouldBeTrue();
    }
}
