using TransferLearning.Data.Copies;
using TransferLearning.Data.Images;
using TransferLearning.Data.Thumbnails;

namespace TransferLearning.Tests.Data.Copies;

public class CopyGroupsTests
{
    [Fact]
    public void Shots_in_succession_do_not_glue_a_set_into_one_group()
    {
        int[] numbers = Number(40, [.. Enumerable.Range(0, 39).Select(i => Pair(i, i + 1, certain: false))]);

        numbers.CountBy(n => n).Max(g => g.Value).ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void Pictures_that_are_the_same_pixel_for_pixel_form_one_group_by_any_way()
    {
        int[] numbers = Number(10, [.. Enumerable.Range(0, 9).Select(i => Pair(i, i + 1, certain: true))]);

        numbers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_crop_joins_the_copies_of_a_picture_by_a_pair_with_one_of_them()
    {
        int[] numbers = Number(6, [Pair(0, 1, true), Pair(1, 2, true), Pair(2, 3, true), Pair(3, 4, certain: false)]);

        numbers[..5].Distinct().ShouldHaveSingleItem();
        numbers[5].ShouldNotBe(numbers[0]);
    }

    private static int[] Number(int count, CopyPair[] pairs) =>
        CopyGroups.Number([.. Enumerable.Range(0, count).Select(i => ContentKey.Of([(byte)i]))], pairs);

    private static CopyPair Pair(int first, int second, bool certain) => new(
        first, second, Orientation.Upright, new ThumbnailMatch(ThumbnailAlignment.Identity, certain ? 1 : 0.98f, certain ? 1 : 0.96f, 0));
}
