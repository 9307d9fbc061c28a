using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.Tests.Bottlenecks.Sharding;

/// <summary>A folder of small images, and a cache that shards of it share.</summary>
internal sealed class ShardedPhotos : IDisposable
{
    public const int Count = 22;

    private readonly TemporaryFolder _folder = new();

    public ShardedPhotos()
    {
        for (int i = 0; i < Count; i++)
        {
            string path = _folder.Write($"photos/{(i % 2 == 0 ? "red" : "blue")}/{i:00}.jpg", DrawnImages.Disc(i % 2, i).File);

            // A file that has just changed might change again, so the cache would not keep its hash yet.
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        }
    }

    public string Photos => _folder.At("photos");

    public BottleneckCache Cache => new(_folder.At("cache"));

    /// <summary>The folder of the only division.</summary>
    public string Division => Directory.GetDirectories(_folder.At("cache/shards")).ShouldHaveSingleItem();

    public string At(string path) => _folder.At(path);

    public string Write(string path, string content) => _folder.Write(path, content);

    public Extraction Extract(int index, int count, Backbone? backbone = null, BottleneckCache? cache = null) => new BottleneckExtractor(
        backbone ?? TinyBackbone.Value,
        cache ?? Cache,
        new ExtractionOptions { Threads = 1, Shard = new ExtractionShard(index, count) })
        .Extract(ImageDataset.Open(Photos));

    public void ExtractAll(int count, params int[] without)
    {
        foreach (int index in Enumerable.Range(0, count).Except(without))
        {
            Extract(index, count);
        }
    }

    /// <summary>An extraction of all images by one process.</summary>
    public Extraction Whole(BottleneckCache? cache = null) =>
        new BottleneckExtractor(TinyBackbone.Value, cache).Extract(ImageDataset.Open(Photos));

    /// <summary>The record files of one kind and one shard.</summary>
    public string[] Parts(int shard, string extension) => Directory.GetFiles(Division, $"{shard}.*{extension}");

    /// <summary>Changes a bit of a file.</summary>
    public static void Damage(string path, int fromEnd = 5)
    {
        byte[] content = File.ReadAllBytes(path);
        content[^fromEnd] ^= 0x10;
        File.WriteAllBytes(path, content);
    }

    public void Dispose() => _folder.Dispose();
}
