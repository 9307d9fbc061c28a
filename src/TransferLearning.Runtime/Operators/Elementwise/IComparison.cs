using System.Numerics;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>A test of two numbers of any type; booleans are 0 and 1.</summary>
internal interface IComparison
{
    static abstract bool Test<T>(T a, T b)
        where T : INumber<T>;
}
