using TransferLearning.Bottlenecks;
using TransferLearning.Tuning.Stages;

namespace TransferLearning.Tests.Tuning.Stages;

public sealed class BoundaryStorageTests
{
    private const long Maps = 1000;
    private const int Length = 50_000;
    private const long Bytes = Maps * ((2 * Length) + 36);

    [Fact]
    public void Maps_are_kept_as_float16_in_the_folder_of_the_cache()
    {
        var storage = BoundaryStorage.Of(new BottleneckCache("cache"), Maps, Length, 2 * Bytes);

        storage.Bytes.ShouldBe(Bytes);
        storage.Reason.ShouldBeNull();
        storage.Cache!.Options.Precision.ShouldBe(BottleneckPrecision.Half);
        storage.Cache.Directory.ShouldBe(new BottleneckCache("cache").Directory);
    }

    [Fact]
    public void Without_a_cache_they_are_not_kept() => ShouldNotBeKept(null, 2 * Bytes, "there is no cache");

    [Fact]
    public void Beyond_the_limit_of_the_cache_they_are_not_kept() => ShouldNotBeKept(
        new BottleneckCache("cache", new BottleneckCacheOptions { MaxBytes = Bytes - 1 }), 2 * Bytes, "the cache may take 100 MB");

    [Fact]
    public void Beyond_half_of_the_free_disk_they_are_not_kept() => ShouldNotBeKept(
        new BottleneckCache("cache"), (2 * Bytes) - 2, "the disk of the cache has 200 MB free, half of which is used");

    [Fact]
    public void What_is_kept_already_counts_as_free_so_that_a_second_run_decides_as_the_first()
    {
        BoundaryStorage.Of(new BottleneckCache("cache"), Maps, Length, Bytes, keptBytes: Bytes).IsUsed.ShouldBeTrue();
        BoundaryStorage.Of(new BottleneckCache("cache"), Maps, Length, Bytes).IsUsed.ShouldBeFalse();
    }

    [Fact]
    public void An_unknown_free_space_is_taken_to_suffice() =>
        BoundaryStorage.Of(new BottleneckCache("cache"), Maps, Length, freeBytes: null).IsUsed.ShouldBeTrue();

    [Fact]
    public void Values_are_rounded_to_float16_unless_one_is_too_large()
    {
        float[] values = [1.0001f, -3.14159f, 65504], large = [1.0001f, 65505], undefined = [1.0001f, float.NaN];
        BoundaryStorage.Round(values);
        BoundaryStorage.Round(large);
        BoundaryStorage.Round(undefined);

        values.ShouldBe([1, (float)(Half)(-3.14159f), 65504]);
        large[0].ShouldBe(1.0001f);
        undefined[0].ShouldBe(1.0001f);
    }

    private static void ShouldNotBeKept(BottleneckCache? cache, long freeBytes, string reason)
    {
        var storage = BoundaryStorage.Of(cache, Maps, Length, freeBytes);

        storage.IsUsed.ShouldBeFalse();
        storage.Reason.ShouldBe(reason);
        storage.Bytes.ShouldBe(Bytes);
    }
}
