using System.Runtime.InteropServices;
using TransferLearning.MLNet.Vision.Training;

namespace TransferLearning.MLNet.Vision.Tests.Training;

public sealed class TensorFlowPlatformTests
{
    [Theory]
    [InlineData(Architecture.X64, true, true, null)]
    [InlineData(Architecture.Arm64, false, true, "TensorFlow's package for .NET is for X64 only: use the softmax trainer")]
    [InlineData(Architecture.X64, false, true, "this processor has no AVX")]
    [InlineData(Architecture.X64, true, false, "MICROSOFTML_RESOURCE_PATH")]
    public void What_TensorFlow_lacks_is_named(Architecture architecture, bool avx, bool folder, string? problem)
    {
        var problems = new List<string>();

        new TensorFlowPlatform(architecture, avx, folder).Validate(problems);

        problems.Count.ShouldBe(problem is null ? 0 : 1);
        problems.ShouldAllBe(p => p.Contains(problem!));
    }
}
