using TransferLearning.Errors;

namespace TransferLearning.Tests.Errors;

public sealed class NearestNameTests
{
    private static readonly string[] Verbs = ["fine-tune", "pre-train", "parallel-train", "predict", "cross-validate", "check"];

    [Theory]
    [InlineData("finetune", "fine-tune")]
    [InlineData("predcit", "predict")]
    [InlineData("Predict", "predict")]
    [InlineData("cross-valdate", "cross-validate")]
    [InlineData("chekc", "check")]
    public void A_name_that_is_nearly_right_is_found(string given, string expected) => NearestName.Of(given, Verbs).ShouldBe(expected);

    [Theory]
    [InlineData("serve")]
    [InlineData("x")]
    [InlineData("")]
    public void A_name_that_is_near_to_none_is_not(string given) => NearestName.Of(given, Verbs).ShouldBeNull();

    [Fact]
    public void Of_two_that_are_equally_near_none_is_suggested() => NearestName.Of("cot", ["cat", "cut"]).ShouldBeNull();

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_insertions_deletions_replacements_and_swaps(string a, string b, int expected) =>
        NearestName.Distance(a, b).ShouldBe(expected);
}
