using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Data.Images;

public class ViewSeedTests
{
    [Fact]
    public void The_seed_of_a_view_depends_on_content_and_number_alone()
    {
        ContentKey first = ContentKey.Of([1]), second = ContentKey.Of([2]);
        ulong[] seeds =
        [
            .. Enumerable.Range(0, 1000).Select(v => ViewSeed.Of(first, v)),
            .. Enumerable.Range(0, 1000).Select(v => ViewSeed.Of(second, v)),
        ];

        seeds.Distinct().Count().ShouldBe(2000);
        ViewSeed.Of(ContentKey.Of([1]), 7).ShouldBe(seeds[7]);
    }

    [Fact]
    public void The_seed_of_a_view_is_the_same_in_every_version() => ViewSeed.Of(ContentKey.Of([1]), 1).ShouldBe(14645931771842228206);
}
