using System.Numerics;

namespace TransferLearning.Runtime.Kernels;

/// <summary>A <see cref="BinaryOperation"/> as a type, so that the loops compiled for it do not branch on the operation.</summary>
internal interface IBinaryOperator
{
    static abstract Vector<float> Combine(Vector<float> a, Vector<float> b);

    static abstract float Combine(float a, float b);
}
