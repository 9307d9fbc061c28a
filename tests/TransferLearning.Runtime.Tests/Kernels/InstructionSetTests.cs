using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TransferLearning.Runtime.Kernels;
using Xunit.Abstractions;

namespace TransferLearning.Runtime.Tests.Kernels;

/// <summary>
/// The suite also runs with .NET's switches for instruction sets. These tests check that a switch has its effect; they pass too without a
/// switch, or on a processor that lacks the instructions.
/// </summary>
public class InstructionSetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public void A_switch_in_the_environment_narrows_the_vectors(string variable, int bits)
    {
        int width = Avx512F.IsSupported ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128 : 0;
        output.WriteLine($"vectors of {width} bits, kernels {KernelSet.Best.Name}");

        if (Environment.GetEnvironmentVariable(variable) == "0")
        {
            width.ShouldBeLessThanOrEqualTo(bits);
            KernelSet.Best.Lanes.ShouldBeLessThanOrEqualTo(Math.Max(bits / 32, KernelSet.All[^1].Lanes));
        }
    }

    /// <summary>Even where .NET prefers 256 bits (Intel's Skylake-X to Cascade Lake), as networks are faster there with 512.</summary>
    [SkippableFact]
    public void The_widest_vectors_are_taken_wherever_the_processor_has_them()
    {
        Skip.IfNot(Avx512F.IsSupported, "this processor has no AVX-512, or it is switched off");

        KernelSet.Best.Lanes.ShouldBe(Vector512<float>.Count);
    }
}
