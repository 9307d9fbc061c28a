using Microsoft.ML.OnnxRuntime;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Operators;

/// <summary>Runs graphs in ONNX Runtime.</summary>
internal static class OnnxRuntimeModel
{
    /// <summary>The output of a graph with one input and one output of float32.</summary>
    public static float[] Run(Graph graph, Tensor input)
    {
        using var file = new MemoryStream();
        OnnxWriter.Write(graph, file);

        // Without its optimizations, which compute quantized layers with integers.
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
        using var session = new InferenceSession(file.ToArray(), options);
        using var value = OrtValue.CreateTensorValueFromMemory(
            input.Floats.ToArray(), Array.ConvertAll(input.Shape.Dimensions.ToArray(), e => (long)e));
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            session.Run(run, [graph.Inputs[0].Name], [value], [graph.Outputs[0].Name]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
