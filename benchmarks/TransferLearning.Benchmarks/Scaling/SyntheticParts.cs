using System.Globalization;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Bottlenecks.Sharding;
using TransferLearning.Data.Images;

namespace TransferLearning.Benchmarks.Scaling;

/// <summary>Writes the parts of shards with random records, as if images had been extracted.</summary>
internal static class SyntheticParts
{
    /// <summary>The length of a feature vector: that of ResNet-18.</summary>
    public const int FeatureSize = 512;

    private static readonly RecordFormat Features = new(
        BottleneckStore.FeaturesMagic, 1, FeatureSize, FeatureSize * sizeof(float), ContentKey.Of("synthetic"u8), "synthetic");

    /// <summary>Writes features, thumbnails and the index of files of all shards, and their completion records.</summary>
    /// <param name="cache">The folder of the cache.</param>
    /// <param name="records">The number of images.</param>
    /// <param name="shards">The number of shards.</param>
    /// <returns>The number of bytes of all record files.</returns>
    public static long Write(string cache, int records, int shards)
    {
        var division = ShardDivision.Of(shards, records, default, Features);
        string folder = Path.Combine(cache, PartFiles.FolderName, division.FolderName);
        Directory.CreateDirectory(folder);
        PartFiles.Write(Path.Combine(folder, PartFiles.DivisionName), division.ToJson());
        var random = new Random(1);
        long bytes = 0;
        for (int shard = 0; shard < shards; shard++)
        {
            var files = new List<CompletedFile>();
            int count = (records - shard + shards - 1) / shards;
            foreach ((string extension, RecordFormat format) in (ReadOnlySpan<(string, RecordFormat)>)
                [
                    (PartFiles.FeaturesExtension, Features),
                    (PartFiles.ThumbnailsExtension, BottleneckStore.ThumbnailsFormat),
                    (PartFiles.StampsExtension, BottleneckStore.StampsFormat),
                ])
            {
                string name = PartFiles.NameOf(shard, "synthetic", extension);
                bytes += Write(Path.Combine(folder, name), format, shard, count, random);
                files.Add(new CompletedFile(name, count, 0));
            }

            var completion = new ShardCompletion
            {
                Shard = shard,
                Images = count,
                Computed = count,
                Seconds = 0,
                Skipped = [],
                Files = files,
            };
            PartFiles.Write(Path.Combine(folder, PartFiles.RecordName(shard)), completion.ToJson());
        }

        return bytes;
    }

    private static long Write(string path, RecordFormat format, int shard, int count, Random random)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        stream.Write(format.NewHeader());
        byte[] record = new byte[format.RecordSize];
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(RecordFormat.Payload(record.AsSpan()));
            RecordFormat.Seal(record, ContentKey.Of(System.Text.Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{shard} {i}"))));
            stream.Write(record);
        }

        return stream.Length;
    }
}
