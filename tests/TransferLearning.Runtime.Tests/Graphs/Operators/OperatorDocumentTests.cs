using TransferLearning.Runtime.Graphs.Operators;

namespace TransferLearning.Runtime.Tests.Graphs.Operators;

public class OperatorDocumentTests
{
    [Fact]
    public void The_document_lists_each_operator_with_its_attributes()
    {
        string[] lines = File.ReadAllLines(Path.Combine(SharedFiles.RepositoryRoot(), "docs", "operators.md"));

        lines.Where(l => l.StartsWith("| `", StringComparison.Ordinal)).ShouldBe(OperatorSet.All.Select(Row));
    }

    private static string Row(Operator known)
    {
        string last = known.LastOpset == int.MaxValue ? "" : $" to {known.LastOpset}";
        string opsets = known.FirstOpset > 7 ? $"{known.FirstOpset}{(last.Length > 0 ? last : " on")}" : last.Length > 0 ? $"7{last}" : "all";
        return $"| `{known.Name}` | {opsets} | {string.Join(", ", known.Attributes)} |";
    }
}
