using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TransferLearning.Heads.Objective;

/// <summary>Softmax and cross-entropy of single rows of logits.</summary>
internal static class SoftmaxRows
{
    /// <summary>The length of a row of logits: the number of classes, rounded up to whole vectors.</summary>
    public static int Stride(int classes) => (classes + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary>
    /// Turns logits into probabilities, in place; the padding after the classes becomes 0. Row length: <see cref="Stride"/>.
    /// </summary>
    /// <returns>The logarithm of the sum of the logits' exponentials: minus the logit of the true class, it is the log loss.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Apply(Span<float> row, int classes)
    {
        float largest = row[0];
        for (int c = 1; c < classes; c++)
        {
            largest = Math.Max(largest, row[c]);
        }

        // exp of minus infinity is 0.
        row[classes..].Fill(float.NegativeInfinity);
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        var shift = new Vector<float>(largest);
        Vector<float> total = Vector<float>.Zero;
        for (int v = 0; v < vectors.Length; v++)
        {
            var e = Vector.Exp(vectors[v] - shift);
            vectors[v] = e;
            total += e;
        }

        float sum = Vector.Sum(total);
        var factor = new Vector<float>(1 / sum);
        for (int v = 0; v < vectors.Length; v++)
        {
            vectors[v] *= factor;
        }

        return largest + MathF.Log(sum);
    }

    /// <summary>The position of the largest logit; of equal ones, the first.</summary>
    public static int Largest(ReadOnlySpan<float> row, int classes)
    {
        int best = 0;
        for (int c = 1; c < classes; c++)
        {
            best = row[c] > row[best] ? c : best;
        }

        return best;
    }
}
