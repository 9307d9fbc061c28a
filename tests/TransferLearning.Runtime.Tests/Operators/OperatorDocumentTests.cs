using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Operators;

namespace TransferLearning.Runtime.Tests.Operators;

public class OperatorDocumentTests
{
    [Fact]
    public void The_document_lists_each_operator_with_its_versions_kernel_and_attributes()
    {
        OperatorDocument.Rows.ShouldBe(OperatorSet.All.Select(Row));
    }

    private static string Row(Operator known)
    {
        int first = Math.Max(7, known.FirstOpset);
        string opsets = known.LastOpset < int.MaxValue ? $"{first} to {known.LastOpset}" : first > 7 ? $"{first} on" : "all";
        string computed = known.HasKernel ? "kernel" : "plain";
        return $"| `{known.Name}` | {opsets} | {computed} | {string.Join(", ", known.Attributes)} |";
    }
}
