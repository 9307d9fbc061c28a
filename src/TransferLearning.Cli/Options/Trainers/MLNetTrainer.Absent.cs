using TransferLearning.Heads;

namespace TransferLearning.Cli.Options.Trainers;

/// <summary>Takes the place of ML.NET's trainer in builds without it; the error says how to get it.</summary>
internal static class MLNetTrainer
{
    /// <exception cref="TransferLearningException">Always.</exception>
    public static IRetrainer Create(string option, string? backbone) => throw new TransferLearningException(
        $"{option} mlnet: this command was built without ML.NET's trainer, which brings TensorFlow. Build it with -p:MLNetVision=true, "
        + $"or use the package TransferLearning.MLNet.Vision from C#: TransferPipeline.FineTune(...).WithRetrainer(new MLNetRetrainer("
        + $"MLNetRetrainerOptions.For(\"{backbone ?? "mobilenet_v2.meta"}\"))). The softmax trainer needs neither");
}
