namespace TransferLearning.Bottlenecks;

/// <summary>A file of a <see cref="BottleneckCache"/> that all backbones share. Immutable.</summary>
/// <remarks>Thread-safe. It describes the file as it was when the cache was listed.</remarks>
public sealed record BottleneckCacheSharedFile
{
    /// <summary>The file's full path.</summary>
    public required string Path { get; init; }

    /// <summary>What the file has: <c>thumbnails</c>, or <c>image files</c>, the index of the files whose content is known.</summary>
    public required string Contents { get; init; }

    /// <summary>The number of different images, or image files.</summary>
    public required int Records { get; init; }

    /// <summary>The number of records that are not used any more, because a later one takes their place.</summary>
    public required int Superseded { get; init; }

    /// <summary>The number of damaged records, which will be made again; null where that was not checked.</summary>
    public required int? Damaged { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The bytes that <see cref="BottleneckCache.Compact"/> would free: those of superseded and damaged records.</summary>
    public required long WasteBytes { get; init; }
}
