using System.Globalization;
using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

public sealed partial class MLNetDocumentTests
{
    public static TheoryData<int> Traps => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Traps))]
    public void Each_trap_names_the_file_and_the_test_that_mend_it(int trap)
    {
        string row = Documents.Read("docs/mlnet.md").Split('\n')
            .Single(l => l.StartsWith(string.Create(CultureInfo.InvariantCulture, $"| {trap} | "), StringComparison.Ordinal));
        string[] cells = row.Split(" | ");
        cells.Length.ShouldBe(4);

        Link().Matches(cells[2]).ShouldNotBeEmpty();
        MatchCollection tests = Link().Matches(cells[3]);
        tests.ShouldNotBeEmpty();
        foreach (Match test in tests)
        {
            string file = File.ReadAllText(Path.Combine(Documents.Root, "docs", test.Groups[2].Value));
            Regex.IsMatch(file, $@"(void|Task) {test.Groups[1].Value}\b").ShouldBeTrue(test.Value);
        }
    }

    [GeneratedRegex(@"\[([^\]]+)\]\(([^)]+)\)")]
    private static partial Regex Link();
}
