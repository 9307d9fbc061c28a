using System.Text.RegularExpressions;

namespace TransferLearning.Docs.Tests;

public sealed partial class DocumentTests
{
    public static TheoryData<string> DocumentNames => [.. Documents.All];

    [Theory]
    [MemberData(nameof(DocumentNames))]
    public void Links_lead_to_files(string document)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Documents.Root, document))!;
        foreach (Match link in Link().Matches(Documents.Read(document)))
        {
            string target = link.Groups[1].Value;
            Path.Exists(Path.Combine(folder, target)).ShouldBeTrue($"{document} links to {target}");
        }
    }

    /// <summary>.ci/run reads the last two lines from the README and runs them.</summary>
    [Fact]
    public void The_readme_says_how_to_install_and_has_one_command_for_the_main_job_and_one_for_the_tests()
    {
        string[] lines = Documents.Read("README.md").Split('\n');

        lines.Where(l => l.StartsWith("dotnet ", StringComparison.Ordinal)).ShouldBe(
        [
            "dotnet add package TransferLearning",
            "dotnet tool install --global TransferLearning.Cli",
            "dotnet run --project src/TransferLearning.Cli -c Release -- demo artifacts/demo",
            "dotnet test TransferLearning.sln -c Release",
        ]);
    }

    [Fact]
    public void The_solution_holds_every_test_project()
    {
        string solution = File.ReadAllText(Path.Combine(Documents.Root, "TransferLearning.sln"));
        string tests = Path.Combine(Documents.Root, "tests");
        foreach (string project in Directory.GetDirectories(tests, "*.Tests").Select(p => Path.GetFileName(p)))
        {
            solution.ShouldContain($"{project}.csproj");
        }
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();
}
