using System.Numerics;

namespace TransferLearning.Runtime.Training.Maps;

/// <summary>An activation function and its derivative, for whole vectors; a and b are the parameters of an activation.</summary>
internal interface IActivationFunction
{
    static abstract Vector<float> Value(Vector<float> x, Vector<float> a, Vector<float> b);

    static abstract Vector<float> Slope(Vector<float> x, Vector<float> a, Vector<float> b);
}
