namespace TransferLearning.Bottlenecks;

/// <summary>What <see cref="BottleneckCache.Merge"/> does where shards are not complete.</summary>
public enum MissingShards
{
    /// <summary>Nothing is merged; the exception says which shards must run again. The default.</summary>
    Refuse,

    /// <summary>
    /// What the shards have is merged, complete or not, of all divisions in the folder. What is missing is computed by the next extraction.
    /// </summary>
    Accept,
}
