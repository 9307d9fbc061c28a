using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Operators;

namespace TransferLearning.Runtime.Tests.Operators;

public class OperatorDocumentTests
{
    [Fact]
    public void The_document_lists_each_operator_with_its_attributes()
    {
        OperatorDocument.Rows.ShouldBe(OperatorSet.All.Select(Row));
    }

    private static string Row(Operator known)
    {
        int first = Math.Max(7, known.FirstOpset);
        string opsets = known.LastOpset < int.MaxValue ? $"{first} to {known.LastOpset}" : first > 7 ? $"{first} on" : "all";
        return $"| `{known.Name}` | {opsets} | {string.Join(", ", known.Attributes)} |";
    }
}
