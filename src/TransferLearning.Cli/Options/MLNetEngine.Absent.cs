using TransferLearning.Heads;

namespace TransferLearning.Cli.Options;

/// <summary>Says that ML.NET's trainer was left out of this build, and where it is.</summary>
internal static class MLNetEngine
{
    /// <exception cref="TransferLearningException">Always.</exception>
    public static IRetrainer Create(string option, string? backbone) => throw new TransferLearningException(
        $"{option} mlnet: this command was built without ML.NET, which brings TensorFlow. Build it with -p:MLNet=true, or use the package "
        + $"TransferLearning.MLNet from C#: TransferPipeline.FineTune(...).WithRetrainer(new MLNetRetrainer("
        + $"MLNetRetrainerOptions.For(\"{backbone ?? "mobilenet_v2.meta"}\"))). The embedded engine needs neither");
}
