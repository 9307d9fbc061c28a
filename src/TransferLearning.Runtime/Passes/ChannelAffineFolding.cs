using System.Numerics;
using System.Runtime.CompilerServices;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Passes;

/// <summary>
/// Folds batch normalization and arithmetic with a constant per channel into the weights and the bias of the convolution or matrix
/// product before it.
/// </summary>
internal static class ChannelAffineFolding
{
    /// <summary>The number of weights from which several threads scale them.</summary>
    private const int MinParallelWeights = 512 * 1024;

    public static Graph Run(Graph graph)
    {
        var edit = new GraphEdit(graph);
        foreach (Node node in graph.Nodes)
        {
            Node? producer = node.Inputs.Select(i => edit.Producer(i, "Conv", "Gemm")).FirstOrDefault(p => p is not null);
            if (producer is not null && edit.IsUsedOnce(producer.Output))
            {
                Fold(edit, producer, node);
            }
        }

        return edit.Apply();
    }

    private static void Fold(GraphEdit edit, Node producer, Node follower)
    {
        bool isConvolution = producer.OperatorName == "Conv";
        bool hasBias = producer.InputOrNull(2) is not null;
        Tensor? bias = edit.Constant(producer.InputOrNull(2));
        if (edit.Constant(producer.Inputs[1]) is not { Type: ElementType.Float32 } weights
            || (hasBias && bias is not { Type: ElementType.Float32 }))
        {
            return;
        }

        bool outputsAreRows = isConvolution || GemmOperator.TransposesB(producer);
        int channels = weights.Shape[outputsAreRows ? 0 : 1];
        int rank = isConvolution ? weights.Shape.Rank : 2;
        if ((bias is not null && bias.Length != channels && bias.Length != 1)
            || ChannelAffine.Of<double>(follower, producer.Output, rank, channels, edit.Constant) is not { } affine)
        {
            return;
        }

        string name = follower.Output;
        float beta = isConvolution ? 1 : GemmOperator.BetaOf(producer);
        string newWeights = edit.AddConstant(name, "weights", Scale(weights, affine.Scale, outputsAreRows));
        string newBias = edit.AddConstant(name, "bias", Shift(bias, beta, affine));
        edit.Replace(producer);
        edit.Replace(follower, producer with
        {
            Inputs = [producer.Inputs[0], newWeights, newBias],
            Outputs = [name],
            Attributes = producer.Attributes.Without("beta"),
        });
    }

    private static Tensor Scale(Tensor weights, float[] scale, bool outputsAreRows)
    {
        float[] scaled = GC.AllocateUninitializedArray<float>(weights.Length);
        int columns = outputsAreRows ? weights.Length / scale.Length : scale.Length;
        int rows = outputsAreRows ? scale.Length : weights.Length / scale.Length;
        void ScaleRow(int row)
        {
            ReadOnlySpan<float> source = weights.Floats.Slice(row * columns, columns);
            Span<float> target = scaled.AsSpan(row * columns, columns);
            if (outputsAreRows)
            {
                Multiply(source, scale[row], target);
            }
            else
            {
                for (int column = 0; column < source.Length; column++)
                {
                    target[column] = source[column] * scale[column];
                }
            }
        }

        if (weights.Length >= MinParallelWeights)
        {
            Parallel.For(0, rows, ScaleRow);
        }
        else
        {
            for (int row = 0; row < rows; row++)
            {
                ScaleRow(row);
            }
        }

        return Tensor.Create(weights.Shape, scaled);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<float> source, float factor, Span<float> target)
    {
        int i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(source[i..]) * factor).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i] * factor;
        }
    }

    private static Tensor Shift(Tensor? bias, float beta, ChannelAffine affine)
    {
        float[] shifted = new float[affine.Bias.Length];
        for (int i = 0; i < shifted.Length; i++)
        {
            float old = bias is null ? 0 : bias.Floats[bias.Length == 1 ? 0 : i];
            shifted[i] = (beta * old * affine.Scale[i]) + affine.Bias[i];
        }

        return Tensor.Vector(shifted);
    }
}
