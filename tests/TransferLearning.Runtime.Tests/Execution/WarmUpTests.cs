using TransferLearning.Runtime.Execution;

namespace TransferLearning.Runtime.Tests.Execution;

public class WarmUpTests
{
    [Fact]
    public async Task A_warm_up_runs_to_its_end_once_per_process()
    {
        Task first = WarmUp.Start();
        await first;

        if (Environment.ProcessorCount > 1)
        {
            WarmUp.Start().ShouldBeSameAs(first);
        }

        WarmUp.Run().Sum().ShouldBe(1, 1e-5f);
    }
}
