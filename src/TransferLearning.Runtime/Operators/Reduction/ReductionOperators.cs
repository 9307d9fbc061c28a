using System.Numerics;

namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>Operators that reduce axes to one element each.</summary>
internal static class ReductionOperators
{
    public static IEnumerable<Operator> All =>
    [
        new ReduceOperator<Mean>("ReduceMean") { HasKernel = true },
        new ReduceOperator<Sum>("ReduceSum"),
        new ReduceOperator<Max>("ReduceMax"),
        new ReduceOperator<Min>("ReduceMin"),
        new ReduceOperator<Product>("ReduceProd"),
        new ReduceOperator<AbsoluteSum>("ReduceL1"),
        new ReduceOperator<EuclideanNorm>("ReduceL2"),
        new ReduceOperator<SumOfSquares>("ReduceSumSquare"),
        new ReduceOperator<LogOfSum>("ReduceLogSum"),
        new ReduceOperator<LogOfSumOfPowers>("ReduceLogSumExp"),
        new ArgumentOperator("ArgMax", (candidate, best) => candidate > best),
        new ArgumentOperator("ArgMin", (candidate, best) => candidate < best),
    ];

    private readonly struct Mean : IReduction
    {
        public static double Initial => 0;

        public static double Add(double result, double element) => result + element;

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results + elements;

        public static double Join(double first, double second) => first + second;

        public static double Finish(double result, int count) => result / count;
    }

    private readonly struct Sum : IReduction
    {
        public static double Initial => 0;

        public static double Add(double result, double element) => result + element;

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results + elements;

        public static double Join(double first, double second) => first + second;

        public static double Finish(double result, int count) => result;
    }

    private readonly struct Max : IReduction
    {
        public static double Initial => double.NegativeInfinity;

        public static double Add(double result, double element) => Math.Max(result, element);

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => Vector.Max(results, elements);

        public static double Join(double first, double second) => Math.Max(first, second);

        public static double Finish(double result, int count) => result;
    }

    private readonly struct Min : IReduction
    {
        public static double Initial => double.PositiveInfinity;

        public static double Add(double result, double element) => Math.Min(result, element);

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => Vector.Min(results, elements);

        public static double Join(double first, double second) => Math.Min(first, second);

        public static double Finish(double result, int count) => result;
    }

    private readonly struct Product : IReduction
    {
        public static double Initial => 1;

        public static double Add(double result, double element) => result * element;

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results * elements;

        public static double Join(double first, double second) => first * second;

        public static double Finish(double result, int count) => result;
    }

    private readonly struct AbsoluteSum : IReduction
    {
        public static double Initial => 0;

        public static double Add(double result, double element) => result + Math.Abs(element);

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results + Vector.Abs(elements);

        public static double Join(double first, double second) => first + second;

        public static double Finish(double result, int count) => result;
    }

    private readonly struct EuclideanNorm : IReduction
    {
        public static double Initial => 0;

        public static double Add(double result, double element) => result + (element * element);

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results + (elements * elements);

        public static double Join(double first, double second) => first + second;

        public static double Finish(double result, int count) => Math.Sqrt(result);
    }

    private readonly struct SumOfSquares : IReduction
    {
        public static double Initial => 0;

        public static double Add(double result, double element) => result + (element * element);

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results + (elements * elements);

        public static double Join(double first, double second) => first + second;

        public static double Finish(double result, int count) => result;
    }

    private readonly struct LogOfSum : IReduction
    {
        public static double Initial => 0;

        public static double Add(double result, double element) => result + element;

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results + elements;

        public static double Join(double first, double second) => first + second;

        public static double Finish(double result, int count) => Math.Log(result);
    }

    private readonly struct LogOfSumOfPowers : IReduction
    {
        public static double Initial => 0;

        public static double Add(double result, double element) => result + Math.Exp(element);

        public static Vector<double> Add(Vector<double> results, Vector<double> elements) => results + Vector.Exp(elements);

        public static double Join(double first, double second) => first + second;

        public static double Finish(double result, int count) => Math.Log(result);
    }
}
