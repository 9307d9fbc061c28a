using System.Runtime.Intrinsics;
using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Tests.Kernels;

/// <summary>
/// The kernel sets that tests run. All sets give correct results everywhere, but without vector instructions the wider ones are emulated
/// element by element, which takes minutes.
/// </summary>
internal static class TestedKernelSets
{
    public static IReadOnlyList<KernelSet> All { get; } =
        [.. KernelSet.All.Where(static s => s.IsSupported || Vector128.IsHardwareAccelerated)];
}
