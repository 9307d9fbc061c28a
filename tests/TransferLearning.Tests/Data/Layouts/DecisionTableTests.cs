using System.Text.RegularExpressions;
using TransferLearning.Data;
using TransferLearning.Data.Layouts;

namespace TransferLearning.Tests.Data.Layouts;

/// <summary>Opens every row of the table of layouts in docs/data.md.</summary>
public sealed partial class DecisionTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Rows()
    {
        var rows = new TheoryData<string>();
        foreach (string line in File.ReadLines(Path.Combine(SharedData.RepositoryRoot(), "docs", "data.md"))
            .SkipWhile(l => !l.StartsWith("| files |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|')))
        {
            rows.Add(line);
        }

        return rows;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_the_table_says_what_is_read(string row)
    {
        string[] cells = [.. row.Trim('|').Split('|').Select(c => c.Trim())];
        foreach (string item in cells[0].Split("<br>"))
        {
            string[] quoted = [.. Quoted().Matches(item).Select(m => m.Groups[1].Value)];
            foreach (string path in Expand(quoted[0]))
            {
                _folder.Write(path, quoted.Length == 1 ? "image" : string.Join('\n', quoted.Skip(1)));
            }
        }

        if (cells[1] == "stop")
        {
            Should.Throw<TransferLearningException>(() => ImageDataset.Open(_folder.Path));
            return;
        }

        var data = ImageDataset.Open(_folder.Path);
        string text = data.Layout.ToString();
        LayoutDescription.Name(data.Layout.Kind).ShouldBe(cells[1], text);
        string.Join(", ", data.Labels).ShouldBe(cells[2], text);
        Division(data).ShouldBe(cells[3], text);
        string.Join(", ", data.Layout.LeftOut.Select(l => $"{LayoutDescription.Name(l.Kind)} {l.Count}")).ShouldBe(cells[4], text);
    }

    private static string Division(ImageDataset data)
    {
        if (data.Layout.Parts is [{ Subset: DatasetSubset.Unspecified } only])
        {
            return only.Labeled == only.Images ? "none" : $"none ?{only.Images}";
        }

        data.Layout.Parts.ShouldNotContain(p => p.Subset == DatasetSubset.Unspecified);
        return string.Join(", ", new[] { DatasetSubset.Train, DatasetSubset.Validation, DatasetSubset.Test }.Select(subset =>
            data.Layout.Parts.FirstOrDefault(p => p.Subset == subset) is not { } part ? "0"
            : part.Labeled == part.Images ? $"{part.Images}" : $"?{part.Images}"));
    }

    /// <summary>The paths of a pattern with braces.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        Match braces = Braces().Match(pattern);
        return !braces.Success ? [pattern] : braces.Groups[1].Value.Split(',')
            .SelectMany(choice => Expand(pattern[..braces.Index] + choice + pattern[(braces.Index + braces.Length)..]));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Braces();
}
