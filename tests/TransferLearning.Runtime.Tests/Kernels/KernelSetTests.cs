using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Tests.Kernels;

public class KernelSetTests
{
    [Fact]
    public void The_best_set_is_the_widest_that_the_processor_supports()
    {
        KernelSet.Best.IsSupported.ShouldBeTrue();
        KernelSet.All.TakeWhile(s => s != KernelSet.Best).ShouldAllBe(s => !s.IsSupported);
    }
}
