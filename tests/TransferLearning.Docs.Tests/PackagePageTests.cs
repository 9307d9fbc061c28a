using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

/// <summary>The README of each package. Packing makes its links to the repository absolute (src/Directory.Build.targets).</summary>
public sealed partial class PackagePageTests : IDisposable
{
    // Never packed: see their project files.
    private static readonly string[] AllProgramsOfTheBuild = ["TransferLearning.ResNet18.Converter", "TransferLearning.Runtime.Generator"];

    private readonly string _folder = Directory.CreateTempSubdirectory("transfer-docs-").FullName;

    public static TheoryData<string> Pages => [.. Documents.OfPackages];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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

    [Theory]
    [InlineData("https://example.com/owner/name", "[security](https://example.com/owner/name/blob/HEAD/docs/security.md)")]
    [InlineData("", ", security, ")]
    public async Task Packing_makes_its_links_absolute_or_leaves_their_texts(string repositoryUrl, string expected)
    {
        string source = Documents.Read("src/TransferLearning.Imaging/README.md");
        source.ShouldContain("[security](../../docs/security.md)");
        source.ShouldContain(";");

        string packed = await PackAsync("TransferLearning.Imaging", repositoryUrl);

        packed.ShouldContain(expected);
        packed.ShouldNotContain("](../");
        packed.Split("```")[1].ShouldBe(source.Split("```")[1]);
    }

    private async Task<string> PackAsync(string project, string repositoryUrl)
    {
        string output = Path.Combine(_folder, "README.md");
        string[] arguments =
        [
            "msbuild", Path.Combine(Documents.Root, "src", project), "-t:WritePackageReadme", "-nologo", "-v:q",
            $"-p:PackageReadmeOutput={output}", $"-p:RepositoryUrl={repositoryUrl}",
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string messages = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, messages);
        return (await File.ReadAllTextAsync(output)).ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();
}
