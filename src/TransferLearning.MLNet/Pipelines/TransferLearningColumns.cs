namespace TransferLearning.MLNet;

/// <summary>The names of the columns in ML.NET data; they may contain any characters. Immutable.</summary>
public sealed record TransferLearningColumns
{
    internal const string InternalPrefix = "__TransferLearning.";

    /// <summary>The column of images: encoded files (a vector of bytes), paths (text), or <c>MLImage</c>. Default: Image.</summary>
    public string Image { get; init; } = "Image";

    /// <summary>The column of classes, a key. Default: Label.</summary>
    public string Label { get; init; } = "Label";

    /// <summary>The column for the probability of each class: a vector of float whose slot names are the classes. Default: Score.</summary>
    public string Score { get; init; } = "Score";

    /// <summary>The column for the most probable class, a key. Default: PredictedLabel.</summary>
    public string PredictedLabel { get; init; } = "PredictedLabel";

    internal IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        (string Role, string Name)[] columns =
            [(nameof(Image), Image), (nameof(Label), Label), (nameof(Score), Score), (nameof(PredictedLabel), PredictedLabel)];
        foreach ((string role, string name) in columns)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                problems.Add($"the column {role} has no name");
            }
            else if (name.StartsWith(InternalPrefix, StringComparison.Ordinal))
            {
                problems.Add(
                    $"the column {role} is called '{name}': names that begin with {InternalPrefix} are reserved; give it another name");
            }
        }

        foreach (IGrouping<string, string> same in columns.GroupBy(c => c.Name, c => c.Role).Where(g => g.Count() > 1))
        {
            problems.Add($"the columns {string.Join(" and ", same)} are both called '{same.Key}': give them different names");
        }

        return problems;
    }
}
