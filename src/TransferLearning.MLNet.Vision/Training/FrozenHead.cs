using TransferLearning.Heads;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.TensorFlow;
using TransferLearning.Runtime.Formats.TensorFlow.Nodes;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.MLNet.Vision.Training;

/// <summary>
/// Reads the trained head from the graph that the trainer leaves in its workspace: softmax(bottleneck * weights + biases), with weights
/// [features, classes]. Its output node has the name of the score column.
/// </summary>
internal static class FrozenHead
{
    private static readonly string[] PassThrough = ["Identity", "ReadVariableOp", "StopGradient"];
    private static readonly string[] Additions = ["Add", "AddV2", "BiasAdd"];

    /// <exception cref="TransferLearningException">The graph is missing or has no such head.</exception>
    public static LinearHead Read(string path, int classes, int featureSize)
    {
        try
        {
            var network = TensorFlowNetwork.Read(path);
            TensorFlowNode softmax = Expect(network.Find(TrainerSettings.ScoreColumn), "Softmax");
            TensorFlowNode sum = Expect(Input(network, softmax, 0), Additions);
            TensorFlowNode product = Expect(Input(network, sum, 0), "MatMul");
            float[] bias = Values(Input(network, sum, 1), new Shape(classes));
            float[] weights = Values(Input(network, product, 1), new Shape(featureSize, classes));
            return new LinearHead(classes, featureSize, Transpose(weights, featureSize, classes), bias);
        }
        catch (Exception e) when (e is IOException or InvalidNetworkException)
        {
            throw new TransferLearningException($"ML.NET's trainer left no head that can be read in '{path}': {e.Message}", e);
        }
    }

    /// <summary>The node that computes an input, beyond nodes that only pass a value on.</summary>
    private static TensorFlowNode Input(TensorFlowNetwork network, TensorFlowNode user, int index)
    {
        TensorFlowNode node = Next(network, user, index);
        var passed = new HashSet<string>(StringComparer.Ordinal);
        while (PassThrough.Contains(node.OperatorName) && passed.Add(node.Name))
        {
            node = Next(network, node, 0);
        }

        return node;
    }

    private static TensorFlowNode Next(TensorFlowNetwork network, TensorFlowNode user, int index) => index < user.Inputs.Length
        ? network.Find(user.Inputs[index], user)
        : throw user.Error($"it has {user.Inputs.Length} inputs, expected {index + 1}");

    private static TensorFlowNode Expect(TensorFlowNode node, params string[] operators) => operators.Contains(node.OperatorName)
        ? node
        : throw node.Error($"expected {string.Join(" or ", operators)} in the head");

    private static float[] Values(TensorFlowNode node, Shape shape)
    {
        Tensor tensor = TensorFlowTensors.Read(Expect(node, "Const").Tensor("value"), $"the constant '{node.Name}'");
        return tensor.Type == ElementType.Float32 && tensor.Shape.Equals(shape)
            ? tensor.Values<float>().ToArray()
            : throw node.Error($"it is {tensor.Type}{tensor.Shape}, expected Float32{shape}");
    }

    private static float[] Transpose(float[] values, int rows, int columns)
    {
        float[] transposed = new float[values.Length];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                transposed[(c * rows) + r] = values[(r * columns) + c];
            }
        }

        return transposed;
    }
}
