namespace TransferLearning.Runtime.Operators.Reduction;

/// <summary>Operators that reduce axes to one element each.</summary>
internal static class ReductionOperators
{
    public static IEnumerable<Operator> All =>
    [
        new ReduceOperator("ReduceMean", v => v.Average()),
        new ReduceOperator("ReduceSum", v => v.Sum()),
        new ReduceOperator("ReduceMax", v => v.Max()),
        new ReduceOperator("ReduceMin", v => v.Min()),
        new ReduceOperator("ReduceProd", v => v.Aggregate(1.0, (a, b) => a * b)),
        new ReduceOperator("ReduceL1", v => v.Sum(Math.Abs)),
        new ReduceOperator("ReduceL2", v => Math.Sqrt(v.Sum(x => x * x))),
        new ReduceOperator("ReduceSumSquare", v => v.Sum(x => x * x)),
        new ReduceOperator("ReduceLogSum", v => Math.Log(v.Sum())),
        new ReduceOperator("ReduceLogSumExp", v => Math.Log(v.Sum(Math.Exp))),
        new ArgumentOperator("ArgMax", (candidate, best) => candidate > best),
        new ArgumentOperator("ArgMin", (candidate, best) => candidate < best),
    ];
}
