using TransferLearning.Bottlenecks;

namespace TransferLearning.Tests.Bottlenecks;

public class BottleneckCacheTests
{
    [Fact]
    public void The_default_folder_is_in_the_users_cache_folder()
    {
        string folder = BottleneckCache.DefaultDirectory;

        Path.IsPathRooted(folder).ShouldBeTrue();
        Path.GetFileName(folder).ShouldBe("transferlearning");
    }
}
