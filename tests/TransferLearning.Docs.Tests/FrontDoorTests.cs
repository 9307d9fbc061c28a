using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

/// <summary>The pages of the repository outside README and docs.</summary>
public sealed partial class FrontDoorTests
{
    public static TheoryData<string> Pages =>
    [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "samples/README.md",
        .. Samples.Select(sample => $"samples/{sample}/README.md"),
    ];

    private static IEnumerable<string> Samples => Directory.GetDirectories(Path.Combine(Documents.Root, "samples"))
        .Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Documents.Root, page))!;
        foreach (string target in LinksOf(page))
        {
            Path.Exists(Path.Combine(folder, target)).ShouldBeTrue($"{page} links to {target}");
        }
    }

    [Fact]
    public void The_index_of_the_documents_names_each_of_them()
    {
        IEnumerable<string> others = Documents.All.Where(d => d.StartsWith("docs/", StringComparison.Ordinal) && d != "docs/README.md");

        others.Select(d => d["docs/".Length..]).Except(LinksOf("docs/README.md")).ShouldBeEmpty();
    }

    [Fact]
    public void The_index_of_the_samples_names_each_of_them() =>
        LinksOf("samples/README.md").ShouldBe(Samples.Select(sample => $"{sample}/README.md"), ignoreOrder: true);

    [Fact]
    public void The_solution_holds_every_sample()
    {
        string solution = Documents.Read("TransferLearning.sln");
        foreach (string sample in Samples)
        {
            solution.ShouldContain($"TransferLearning.Samples.{sample}.csproj");
        }
    }

    private static IEnumerable<string> LinksOf(string page) =>
        Link().Matches(Documents.Read(page)).Select(link => link.Groups[1].Value);

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();
}
