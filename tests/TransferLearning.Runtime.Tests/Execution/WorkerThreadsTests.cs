using TransferLearning.Runtime.Execution;

namespace TransferLearning.Runtime.Tests.Execution;

public class WorkerThreadsTests
{
    [Fact]
    public void A_number_is_taken_as_it_is() => WorkerThreads.Count(3).ShouldBe(3);

    [Fact]
    public void Zero_is_one_thread_per_processor() => WorkerThreads.Count(0).ShouldBe(Environment.ProcessorCount);
}
