using TransferLearning.Bottlenecks;

namespace TransferLearning.Tests;

/// <summary>
/// One cache for all tests that only want features, not how they come about: most train on the same few photos, and without vector
/// instructions computing their features takes longer than all else. Gone with the process, so that no run sees what another computed.
/// </summary>
internal static class SharedBottlenecks
{
    private static readonly Lazy<BottleneckCache> Cache = new(() =>
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return new BottleneckCache(folder.Path);
    });

    public static TransferPipeline<TResult> WithSharedBottlenecks<TResult>(this TransferPipeline<TResult> pipeline) =>
        pipeline.WithBottleneckCache(Cache.Value);
}
