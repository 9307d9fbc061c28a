using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

/// <summary>The README of each package. Packing makes its links to the repository absolute (src/Directory.Build.targets).</summary>
public sealed partial class PackagePageTests
{
    // Never packed: see their project files.
    private static readonly string[] AllProgramsOfTheBuild = ["TransferLearning.ResNet18.Converter", "TransferLearning.Runtime.Generator"];

    public static TheoryData<string> Pages => [.. Documents.OfPackages];

    [Fact]
    public void Every_package_has_one() =>
        Directory.GetDirectories(Path.Combine(Documents.Root, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Except(AllProgramsOfTheBuild)
            .Select(project => $"src/{project}/README.md")
            .ShouldBe(Documents.OfPackages, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_is_named_after_its_package(string page) =>
        Documents.Read(page).ShouldStartWith($"# {page.Split('/')[1]}\n");

    /// <summary>Only these are rewritten: others would lead nowhere on the page of a package.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_links_are_absolute_or_begin_at_the_root_of_the_repository(string page)
    {
        IEnumerable<string> targets = Link().Matches(Documents.Read(page)).Select(link => link.Groups[1].Value);

        targets.ShouldAllBe(t => t.StartsWith("https://", StringComparison.Ordinal) || t.StartsWith("../../", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
