using Microsoft.ML.OnnxRuntime;

namespace TransferLearning.OnnxRuntime.Providers;

/// <summary>A GPU of NVIDIA.</summary>
/// <param name="DeviceId">Its number.</param>
internal sealed record CudaProvider(int DeviceId) : DeviceProvider(
    "CUDA",
    "CUDAExecutionProvider",
    "cuda",
    "add the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, and install the versions of CUDA and cuDNN that it "
    + "needs")
{
    public override void AddTo(SessionOptions options) => options.AppendExecutionProvider_CUDA(DeviceId);
}
