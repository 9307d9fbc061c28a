namespace TransferLearning.Runtime.Operators.Indexing;

/// <summary>Operators that read or write elements by indices, or find them.</summary>
internal static class IndexingOperators
{
    public static IEnumerable<Operator> All =>
    [
        new GatherOperator { HasKernel = true },
        new GatherElementsOperator { FirstOpset = 11 },
        new GatherNDOperator { FirstOpset = 11 },
        new ScatterElementsOperator { FirstOpset = 11 },
        new ScatterNDOperator { FirstOpset = 11 },
        new TopKOperator { FirstOpset = 10, MaxOutputs = 2 },
        new OneHotOperator { FirstOpset = 9 },
        new NonZeroOperator { FirstOpset = 9 },
        new TriluOperator { FirstOpset = 14 },
        new CumulativeSumOperator { FirstOpset = 11 },
    ];
}
