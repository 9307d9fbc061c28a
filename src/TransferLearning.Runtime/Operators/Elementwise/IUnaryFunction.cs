using System.Numerics;

namespace TransferLearning.Runtime.Operators.Elementwise;

/// <summary>A function of one number, by its definition in double precision and for vectors of float32.</summary>
internal interface IUnaryFunction
{
    double Of(double x);

    Vector<float> Of(Vector<float> x);
}
