using Microsoft.ML.OnnxRuntime;

namespace TransferLearning.OnnxRuntime.Providers;

/// <summary>Apple's CoreML.</summary>
internal sealed record CoreMLProvider() : DeviceProvider(
    "CoreML", "CoreMLExecutionProvider", "coreml", "add the package Microsoft.ML.OnnxRuntime, on macOS")
{
    public override void AddTo(SessionOptions options) => options.AppendExecutionProvider("CoreML");
}
