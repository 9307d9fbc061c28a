namespace TransferLearning;

/// <summary>Settings or data that cannot be used. All problems are found before any work starts, and reported together.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed class InvalidOptionsException : TransferLearningException
{
    /// <summary>Creates the exception from the problems found.</summary>
    /// <param name="problems">One sentence per problem, at least one: the option, its value, and what is allowed.</param>
    public InvalidOptionsException(IReadOnlyList<string> problems)
        : base(Describe(problems)) => Problems = [.. problems];

    /// <summary>One sentence per problem: the option, its value, and what is allowed.</summary>
    public IReadOnlyList<string> Problems { get; }

    internal static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidOptionsException(problems);
        }
    }

    private static string Describe(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count == 1
            ? problems[0]
            : $"{problems.Count} options cannot be used:{string.Concat(problems.Select(p => $"{Environment.NewLine}- {p}"))}";
    }
}
