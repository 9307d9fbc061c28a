using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Tests.Steps;

public class ChannelRunsTests
{
    [Fact]
    public void Channels_in_runs_of_one_length_are_found()
    {
        ChannelRuns runs = ChannelRuns.Of([3, 4, 5, 9, 10, 11]).ShouldNotBeNull();

        runs.Starts.ShouldBe([3, 9]);
        runs.Length.ShouldBe(3);
        runs.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData]
    [InlineData(0, 1, 5)]
    [InlineData(0, 1, 2, 5, 7, 8)]
    public void Runs_of_several_lengths_and_no_channels_are_none(params int[] channels) => ChannelRuns.Of(channels).ShouldBeNull();
}
