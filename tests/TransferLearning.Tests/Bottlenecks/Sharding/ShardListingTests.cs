using TransferLearning.Bottlenecks.Sharding;
using TransferLearning.Data;
using TransferLearning.Data.Images;

namespace TransferLearning.Tests.Bottlenecks.Sharding;

public sealed class ShardListingTests
{
    [Fact]
    public void The_place_of_the_data_does_not_count() =>
        Hash("/mnt/a/x/1.jpg", "/mnt/a/y/2.jpg").ShouldBe(Hash("data/x/1.jpg", "data/y/2.jpg"));

    [Fact]
    public void Names_and_their_order_count()
    {
        ContentKey listing = Hash("a/x/1.jpg", "a/y/2.jpg");

        Hash("a/y/2.jpg", "a/x/1.jpg").ShouldNotBe(listing);
        Hash("a/x/1.jpg", "a/y/3.jpg").ShouldNotBe(listing);
        Hash("a/x/1.jpg", "a/y/2.jpg", "a/y/3.jpg").ShouldNotBe(listing);
        Hash("a/x/1.jp", "ga/y/2.jpg").ShouldNotBe(listing);
    }

    [Fact]
    public void One_image_has_a_listing() => Hash("a/1.jpg").ShouldBe(Hash("b/c/1.jpg"));

    private static ContentKey Hash(params string[] names) =>
        ShardListing.Of(ImageDataset.FromImages(names.Select(n => LabeledImage.FromBytes(new byte[1], null, n))));
}
