using System.Text.RegularExpressions;

namespace TransferLearning.Architecture.Tests;

public sealed partial class FolderTests
{
    private static readonly string[] VagueNames = ["Utils", "Utilities", "Helpers", "Common", "Managers", "Misc"];

    public static TheoryData<string> Projects => ProjectReferenceTests.Projects;

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_namespace_is_the_path_of_its_folder(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        List<string> wrong = [];
        foreach (string path in Repository.SourcesOf(project))
        {
            Match declaration = NamespaceDeclaration().Match(File.ReadAllText(path));
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace('\\', '/');
            string expected = folder == "." ? project : $"{project}.{folder.Replace('/', '.')}";
            if (declaration.Success && declaration.Groups[1].Value != expected)
            {
                wrong.Add($"{Path.GetRelativePath(root, path)}: {declaration.Groups[1].Value}, expected {expected}");
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

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
