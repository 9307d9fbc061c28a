using Microsoft.ML.OnnxRuntime;
using TransferLearning.Inference;

namespace TransferLearning.OnnxRuntime.Sessions;

/// <summary>The memory of a worker, bound as input and output of a number of images. Not thread-safe.</summary>
internal sealed class BoundGroup : IDisposable
{
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <param name="session">The session.</param>
    /// <param name="input">[count, 3, Height, Width]; its array is pinned.</param>
    /// <param name="output">[count, OutputLength]; its array is pinned.</param>
    /// <param name="count">The number of images.</param>
    public BoundGroup(OnnxSession session, Memory<float> input, Memory<float> output, int count)
    {
        EngineNetwork network = session.Network;
        long[] outputShape = [count, .. network.OutputExtents.Select(e => (long)e)];
        _input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, [count, 3, network.Height, network.Width]);
        _output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, output, outputShape);
        Binding = session.CreateBinding();
        Binding.BindInput(network.InputName, _input);
        Binding.BindOutput(network.OutputName, _output);
    }

    /// <summary>Input and output for <see cref="OnnxSession.Run"/>.</summary>
    public OrtIoBinding Binding { get; }

    public void Dispose()
    {
        Binding.Dispose();
        _input.Dispose();
        _output.Dispose();
    }
}
