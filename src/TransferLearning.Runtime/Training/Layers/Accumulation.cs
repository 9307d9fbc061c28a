using TransferLearning.Runtime.Kernels;

namespace TransferLearning.Runtime.Training.Layers;

/// <summary>Gradients that several layers, images or parts of a batch contribute to.</summary>
internal static unsafe class Accumulation
{
    /// <summary>Adds floats to others, or copies them over these.</summary>
    public static void Write(float* source, float* target, int count, bool adds)
    {
        if (adds)
        {
            Elementwise.Binary(BinaryOperation.Add, target, source, target, count, float.NegativeInfinity, float.PositiveInfinity);
        }
        else
        {
            new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
        }
    }
}
