using Microsoft.ML.OnnxRuntime;

namespace TransferLearning.OnnxRuntime.Providers;

/// <summary>A GPU on Windows.</summary>
/// <param name="DeviceId">Its number.</param>
internal sealed record DirectMLProvider(int DeviceId) : DeviceProvider(
    "DirectML",
    "DmlExecutionProvider",
    "directml",
    "add the package Microsoft.ML.OnnxRuntime.DirectML in place of Microsoft.ML.OnnxRuntime, on Windows")
{
    public override void AddTo(SessionOptions options)
    {
        // DirectML plans its memory itself.
        options.EnableMemoryPattern = false;
        options.AppendExecutionProvider_DML(DeviceId);
    }
}
