using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;
using TransferLearning.Fuzz.Seeds;
using TransferLearning.Fuzz.Structures;
using TransferLearning.Tests;

namespace TransferLearning.Fuzz.Targets;

/// <summary>
/// A file of bottlenecks: described, verified, compacted, and used by extractions, whose features must be those of an extraction without
/// it. Documented: nothing but <see cref="TransferLearningException"/> of the maintenance; an extraction succeeds with any cache.
/// </summary>
internal sealed class CacheTarget() : FileTarget("cache", CacheStructure.Instance)
{
    private readonly LabeledImage[] _images = [.. CacheSeeds.ImagesOf(CacheSeeds.Pictures)];

    private readonly Lazy<float[]> _expected = new(() => Features(null, CacheSeeds.ImagesOf(CacheSeeds.Pictures)));

    public override IEnumerable<byte[]> Seeds() => CacheSeeds.All();

    public override Exception? FaultIn(Exception exception) => exception is TransferLearningException ? NamedFault(exception) : exception;

    protected override string FileName(byte[] input) => TinyBackbone.Value.Fingerprint + CacheFolder.FeaturesExtension;

    protected override void Read(string path)
    {
        var cache = new BottleneckCache(Folder);
        cache.Describe();
        cache.Verify();
        Check(Features(cache, _images));
        cache.Compact();
        Check(Features(cache, _images));
        cache.Clear();
    }

    private void Check(float[] features)
    {
        if (!features.AsSpan().SequenceEqual(_expected.Value))
        {
            throw new InvalidDataException("the cache gave other features than the network");
        }
    }

    private static float[] Features(BottleneckCache? cache, IEnumerable<LabeledImage> images)
    {
        var extractor = new BottleneckExtractor(TinyBackbone.Value, cache, new ExtractionOptions { Threads = 1 });
        return [.. extractor.Extract(ImageDataset.FromImages(images)).Bottlenecks.Values];
    }
}
