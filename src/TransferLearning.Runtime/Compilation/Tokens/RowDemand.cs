using TransferLearning.Runtime.Steps;

namespace TransferLearning.Runtime.Compilation.Tokens;

/// <summary>
/// Leaves out rows that nothing reads. A vision transformer whose features are those of its class token needs, after the last attention,
/// one token of all: about a twelfth of its work less.
/// </summary>
internal static class RowDemand
{
    /// <summary>Limits each step to the first rows of its output that later steps read.</summary>
    /// <param name="steps">The steps, in their order.</param>
    /// <param name="output">The network's output, of which all rows are read.</param>
    public static void Limit(IReadOnlyList<Step> steps, Value output)
    {
        var read = new Dictionary<Value, int> { [output.Whole ?? output] = int.MaxValue };
        foreach (Step step in steps.Reverse())
        {
            if (step.CanLimitRows && step.SideOutputs.Count == 0 && step.Output.Whole is null
                && read.GetValueOrDefault(step.Output) is > 0 and int rows && rows < step.Output.Layout.Height)
            {
                step.LimitRows(rows);
            }

            for (int i = 0; i < step.Inputs.Count; i++)
            {
                Value input = step.Inputs[i].Whole ?? step.Inputs[i];
                read[input] = Math.Max(read.GetValueOrDefault(input), step.RowsRead(i, step.Rows));
            }
        }
    }
}
