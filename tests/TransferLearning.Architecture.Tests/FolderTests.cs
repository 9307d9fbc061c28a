using System.Text.RegularExpressions;

namespace TransferLearning.Architecture.Tests;

public sealed partial class FolderTests
{
    private static readonly string[] VagueNames = ["Utils", "Utilities", "Helpers", "Common", "Managers", "Misc"];

    public static TheoryData<string> Projects => ProjectReferenceTests.Projects;

    // An internal type's namespace is the path of its folder. A public type's stops at the top folder, or at the project, so that users
    // need few using directives: src/TransferLearning/Data/Images/LabeledImage.cs is TransferLearning.Data.LabeledImage.
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_the_path_of_its_folder_and_a_public_one_at_most_the_top_folder(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        List<string> wrong = [];
        foreach (string path in Repository.SourcesOf(project))
        {
            string source = File.ReadAllText(path);
            Match declaration = NamespaceDeclaration().Match(source);
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace('\\', '/');
            string whole = folder == "." ? project : $"{project}.{folder.Replace('/', '.')}";
            string[] expected = PublicType().IsMatch(source) ? [project, string.Join('.', whole.Split('.').Take(project.Split('.').Length + 1))] : [whole];
            if (declaration.Success && !expected.Contains(declaration.Groups[1].Value))
            {
                wrong.Add($"{Path.GetRelativePath(root, path)}: {declaration.Groups[1].Value}, expected {string.Join(" or ", expected.Distinct())}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_has_a_vague_name(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        Repository.SourcesOf(project)
            .SelectMany(path => Path.GetRelativePath(root, path).Split('/', '\\'))
            .Intersect(VagueNames)
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_folders_of_a_project_form_no_cycle(string project)
    {
        Dictionary<string, HashSet<string>> arrows = FolderArrows.Of(project);

        FolderArrows.FindCycle(arrows).ShouldBeNull();
    }

    [Fact]
    public void A_cycle_is_found_and_named() => FolderArrows.FindCycle(new Dictionary<string, HashSet<string>>
    {
        ["Data"] = ["Models"],
        ["Models"] = ["Bottlenecks"],
        ["Bottlenecks"] = ["Data"],
    }).ShouldBe("Bottlenecks -> Data -> Models -> Bottlenecks");

    [Fact]
    public void Arrows_are_read_off_the_sources()
    {
        Dictionary<string, HashSet<string>> arrows = FolderArrows.Of("TransferLearning");

        arrows["Strategies"].ShouldContain("Data");
        arrows["Models"].ShouldContain("Backbones");
        arrows["Data"].ShouldNotContain("Strategies");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"^public ", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
