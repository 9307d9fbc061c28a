using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Tests.Scoring;

public sealed class SavedStateTests
{
    [Fact]
    public void A_state_is_read_as_it_was_written()
    {
        var state = SavedState.Read(new SavedState(SavedKind.Scores, 3, [2, 0], [1, 2, 250]) { Width = 20, Height = 10 }.Write());

        state.Kind.ShouldBe(SavedKind.Scores);
        state.Count.ShouldBe(3);
        state.Slots.ShouldBe([2, 0]);
        (state.Width, state.Height).ShouldBe((20, 10));
        state.File.ShouldBe([1, 2, 250]);
    }

    [Fact]
    public void Features_have_no_slots_of_classes() =>
        SavedState.Read(new SavedState(SavedKind.Features, 512, [], [1]).Write()).Slots.ShouldBeEmpty();

    [Theory]
    [InlineData("1|3|0,1|AAEC", "another version")]
    [InlineData("", "another version")]
    [InlineData("2|Scores|3|0,1|0x0", "a part of it is missing")]
    [InlineData("2|Scores|3|0,3|0x0|AAEC", "a class has no slot")]
    [InlineData("2|Scores|x|0|0x0|AAEC", "damaged")]
    [InlineData("2|Scores|3|0,1|0x0|AA*C", "damaged")]
    [InlineData("2|Scores|3|0,1|0|AAEC", "the size of the images is missing")]
    [InlineData("2|Dreams|3|0,1|0x0|AAEC", "damaged")]
    [InlineData("2|Scores|3|0,1|0x0|AAEC|", "a part of it is missing")]
    public void Anything_else_is_refused(string text, string reason) =>
        Should.Throw<TransferLearningException>(() => SavedState.Read(text)).Message.ShouldContain(reason);
}
