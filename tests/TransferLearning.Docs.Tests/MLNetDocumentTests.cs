using System.Globalization;
using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

public sealed partial class MLNetDocumentTests
{
    public static TheoryData<int> Faults => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_names_the_file_that_fixes_it_and_its_test(int fault)
    {
        string row = Documents.Read("docs/mlnet-vision.md").Split('\n')
            .Single(l => l.StartsWith(string.Create(CultureInfo.InvariantCulture, $"| {fault} | "), StringComparison.Ordinal));
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
