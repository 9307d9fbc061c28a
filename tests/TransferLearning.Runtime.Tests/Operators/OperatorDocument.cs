namespace TransferLearning.Runtime.Tests.Operators;

/// <summary>The table of docs/operators.md.</summary>
internal static class OperatorDocument
{
    /// <summary>The lines of the table, one per operator.</summary>
    public static string[] Rows { get; } =
    [
        .. File.ReadLines(Path.Combine(SharedFiles.RepositoryRoot(), "docs", "operators.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal)),
    ];

    /// <summary>The names of the operators.</summary>
    public static IReadOnlySet<string> Operators { get; } = Rows.Select(r => r.Split('`')[1]).ToHashSet(StringComparer.Ordinal);
}
