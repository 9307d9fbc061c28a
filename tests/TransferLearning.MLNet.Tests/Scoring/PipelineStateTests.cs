using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Tests.Scoring;

public sealed class PipelineStateTests
{
    [Fact]
    public void A_state_is_read_as_it_was_written()
    {
        var state = PipelineState.Read(new PipelineState(3, [2, 0], [1, 2, 250]).Write());

        state.Classes.ShouldBe(3);
        state.Slots.ShouldBe([2, 0]);
        state.Model.ShouldBe([1, 2, 250]);
    }

    [Theory]
    [InlineData("2|3|0,1|AAEC", "another version")]
    [InlineData("", "another version")]
    [InlineData("1|3|0,1", "a part of it is missing")]
    [InlineData("1|3|0,3|AAEC", "a class has no slot")]
    [InlineData("1|x|0|AAEC", "damaged")]
    [InlineData("1|3|0,1|AA*C", "damaged")]
    [InlineData("1|3|0,1|AAEC|", "a part of it is missing")]
    public void Anything_else_is_refused(string text, string reason) =>
        Should.Throw<TransferLearningException>(() => PipelineState.Read(text)).Message.ShouldContain(reason);
}
