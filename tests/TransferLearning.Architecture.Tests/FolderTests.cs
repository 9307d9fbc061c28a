using System.Text.RegularExpressions;

namespace TransferLearning.Architecture.Tests;

public sealed partial class FolderTests
{
    private static readonly string[] VagueNames = ["Utils", "Utilities", "Helpers", "Common", "Managers", "Misc"];

    public static TheoryData<string> Projects => ProjectReferenceTests.Projects;

    // An internal type's namespace is the path of its folder. A public type's stops at the top folder, or at the project, so that users
    // need few using directives: src/TransferLearning/Data/Images/LabeledImage.cs is TransferLearning.Data.LabeledImage. Extensions of
    // ML.NET's catalogs and of the service container are in their namespaces, as those of their own packages are.
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
            string topFolder = string.Join('.', whole.Split('.').Take(project.Split('.').Length + 1));
            string[] expected = MLNetCatalog().IsMatch(source) ? ["Microsoft.ML"]
                : ServiceExtensions().IsMatch(source) ? ["Microsoft.Extensions.DependencyInjection"]
                : PublicType().IsMatch(source) ? [project, topFolder] : [whole];
            if (declaration.Success && !expected.Contains(declaration.Groups[1].Value))
            {
                string name = declaration.Groups[1].Value;
                wrong.Add($"{Path.GetRelativePath(root, path)}: {name}, expected {string.Join(" or ", expected.Distinct())}");
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
    public void The_folders_of_a_project_form_no_cycle_two_levels_deep(string project) =>
        FolderCycle.Find(FolderArrows.Of(project)).ShouldBeNull();

    [Fact]
    public void A_cycle_is_found_and_named() => FolderCycle.Find(new Dictionary<string, HashSet<string>>
    {
        ["Data"] = ["Models"],
        ["Models"] = ["Bottlenecks"],
        ["Bottlenecks"] = ["Data"],
    }).ShouldBe("Bottlenecks -> Data -> Models -> Bottlenecks");

    [Fact]
    public void Arrows_are_found_with_and_without_using_directives()
    {
        IReadOnlyDictionary<string, HashSet<string>> arrows = FolderArrows.Of("TransferLearning");

        arrows["Strategies/FineTuning"].ShouldContain("Data", "by a using directive");
        arrows["Strategies/FineTuning"].ShouldContain("Strategies", "from the parent namespace");
        arrows["."].ShouldContain("Strategies");
        arrows["Data"].ShouldNotContain("Strategies");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"^public static class \w+Catalog\b", RegexOptions.Multiline)]
    private static partial Regex MLNetCatalog();

    [GeneratedRegex(@"^public static class \w+(ServiceCollection|Builder)Extensions\b", RegexOptions.Multiline)]
    private static partial Regex ServiceExtensions();

    [GeneratedRegex(@"^public ", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
