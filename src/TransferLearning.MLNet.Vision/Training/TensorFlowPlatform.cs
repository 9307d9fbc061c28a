using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TransferLearning.MLNet.Vision.Training;

/// <summary>
/// The properties of this machine that TensorFlow's package depends on. Where they do not suit it, it ends the process or fails without a
/// helpful message. Immutable.
/// </summary>
/// <param name="Architecture">The architecture of the process.</param>
/// <param name="HasAvx">Whether the processor has AVX, without which TensorFlow ends the process.</param>
/// <param name="HasUserFolder">
/// Whether the trainer finds a folder for its resources. It fails without one, although it does not use it.
/// </param>
internal sealed record TensorFlowPlatform(Architecture Architecture, bool HasAvx, bool HasUserFolder)
{
    private const string OtherTrainer = "use the softmax trainer (SoftmaxRetrainer), which runs on every platform";

    public static TensorFlowPlatform Current { get; } = new(
        RuntimeInformation.ProcessArchitecture,
        Avx.IsSupported,
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData).Length > 0
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MICROSOFTML_RESOURCE_PATH")));

    public void Validate(List<string> problems)
    {
        if (Architecture != Architecture.X64)
        {
            problems.Add($"this process is {Architecture}, and TensorFlow's package for .NET is for X64 only: {OtherTrainer}");
        }
        else if (!HasAvx)
        {
            problems.Add($"this processor has no AVX, without which TensorFlow ends the process: {OtherTrainer}");
        }

        if (!HasUserFolder)
        {
            problems.Add(
                "ML.NET's trainer needs a user folder, and this process has none: "
                + "set the environment variable MICROSOFTML_RESOURCE_PATH to a folder that can be written");
        }
    }
}
