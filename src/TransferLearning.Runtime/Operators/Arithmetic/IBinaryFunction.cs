using System.Numerics;

namespace TransferLearning.Runtime.Operators.Arithmetic;

/// <summary>A function of two numbers, for any numeric type.</summary>
internal interface IBinaryFunction
{
    static abstract T Apply<T>(T a, T b)
        where T : INumber<T>;
}
