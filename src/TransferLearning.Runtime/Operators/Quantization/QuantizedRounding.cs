using System.Numerics;
using TransferLearning.Runtime.Operators.Elementwise;

namespace TransferLearning.Runtime.Operators.Quantization;

/// <summary>
/// What quantizing and dequantizing a number makes of it: the nearest multiple of the scale (halves to the even one) within the range of
/// the 8-bit type. Immutable.
/// </summary>
/// <param name="scale">The distance between neighboring results.</param>
/// <param name="zero">The zero point.</param>
/// <param name="minimum">The lowest number of the type.</param>
/// <param name="maximum">The highest number of the type.</param>
internal readonly struct QuantizedRounding(float scale, float zero, float minimum, float maximum) : IUnaryFunction
{
    // In float32, as the standard defines: in double, a quotient could fall on the other side of a half.
    public double Of(double x) =>
        (Math.Clamp(MathF.Round((float)x / scale, MidpointRounding.ToEven) + zero, minimum, maximum) - zero) * scale;

    public Vector<float> Of(Vector<float> x)
    {
        Vector<float> quantized = Vector.Round(x / Vector.Create(scale), MidpointRounding.ToEven) + Vector.Create(zero);
        return (Vector.Min(Vector.Max(quantized, Vector.Create(minimum)), Vector.Create(maximum)) - Vector.Create(zero)) * scale;
    }
}
