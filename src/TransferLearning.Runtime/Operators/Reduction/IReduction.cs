using System.Numerics;

namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>Combines elements to one number, in double precision.</summary>
internal interface IReduction
{
    /// <summary>The result of no element, before <see cref="Finish"/>.</summary>
    static abstract double Initial { get; }

    /// <summary>The result so far with one element more.</summary>
    static abstract double Add(double result, double element);

    /// <summary>As the other, for several results and an element of each.</summary>
    static abstract Vector<double> Add(Vector<double> results, Vector<double> elements);

    /// <summary>Joins the results of two groups of elements.</summary>
    static abstract double Join(double first, double second);

    /// <summary>The final result for a number of elements.</summary>
    static abstract double Finish(double result, int count);
}
