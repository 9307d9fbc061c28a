using TransferLearning.Runtime.Execution;

namespace TransferLearning.Runtime.Tests.Execution;

public class RehearsalTests
{
    [Fact]
    public async Task A_rehearsal_runs_to_its_end_once_a_process()
    {
        Task first = Rehearsal.Start();
        await first;

        if (Environment.ProcessorCount > 1)
        {
            Rehearsal.Start().ShouldBeSameAs(first);
        }

        Rehearsal.Play().Sum().ShouldBe(1, 1e-5f);
    }
}
