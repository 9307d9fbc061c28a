using System.Numerics;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>A function of two numbers, for any numeric type and for vectors of float32.</summary>
internal interface IBinaryFunction
{
    static abstract T Apply<T>(T a, T b)
        where T : INumber<T>;

    static abstract Vector<float> Apply(Vector<float> a, Vector<float> b);
}
