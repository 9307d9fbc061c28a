using TransferLearning.Data.Listings;

namespace TransferLearning.Tests.Data.Listings;

public sealed class ArchiveEntryNameTests
{
    [Theory]
    [InlineData("a/b.jpg", "a/b.jpg")]
    [InlineData("./a//b.jpg", "a/b.jpg")]
    [InlineData(@"a\b.jpg", "a/b.jpg")]
    [InlineData(@"\\server\a.jpg", "server/a.jpg")]
    [InlineData(@"D:\a\b.jpg", "a/b.jpg")]
    [InlineData("a/C:/b.jpg", "a/C:/b.jpg")]
    [InlineData("a/../b.jpg", "b.jpg")]
    [InlineData("a/..b/...jpg", "a/..b/...jpg")]
    [InlineData("../a.jpg", null)]
    [InlineData("a/\0.jpg", null)]
    [InlineData("a/../../b.jpg", null)]
    public void A_name_has_one_form(string name, string? expected) => ArchiveEntryName.Normalize(name).ShouldBe(expected);
}
