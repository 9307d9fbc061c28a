using System.Text.RegularExpressions;

namespace TransferLearning.Architecture.Tests;

/// <summary>The diagrams of docs/architecture.md show the folders and arrows that the sources have.</summary>
public sealed partial class ArchitectureDocumentTests
{
    // How the document names the project's root.
    private static readonly Dictionary<string, string> RootNames = new() { ["TransferLearning"] = "TransferPipeline" };

    [Theory]
    [InlineData("TransferLearning")]
    [InlineData("TransferLearning.Runtime")]
    public void Each_arrow_of_the_sources_is_drawn_or_follows_from_others(string project)
    {
        HashSet<(string From, string To)> reachable = Closure(Drawn(project));

        Actual(project).Except(reachable).Select(a => $"{a.From} -> {a.To}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("TransferLearning")]
    [InlineData("TransferLearning.Runtime")]
    public void Each_arrow_that_is_drawn_is_in_the_sources(string project) =>
        Drawn(project).Except(Actual(project)).Select(a => $"{a.From} -> {a.To}").ShouldBeEmpty();

    private static HashSet<(string From, string To)> Actual(string project)
    {
        string root = RootNames.GetValueOrDefault(project, ".");
        string Top(string folder) => folder == "." ? root : folder.Split('/')[0];
        return
        [
            .. FolderArrows.Of(project)
                .SelectMany(arrow => arrow.Value.Select(used => (Top(arrow.Key), Top(used))))
                .Where(arrow => arrow.Item1 != arrow.Item2 && arrow.Item2 != "."),
        ];
    }

    private static HashSet<(string From, string To)> Drawn(string project)
    {
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        string section = document[document.IndexOf($"### {project}\n", StringComparison.Ordinal)..];
        string diagram = section[..section.IndexOf("```\n", StringComparison.Ordinal)];
        return [.. Arrow().Matches(diagram).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];
    }

    private static HashSet<(string From, string To)> Closure(HashSet<(string From, string To)> arrows)
    {
        HashSet<(string From, string To)> reachable = [.. arrows];
        while (true)
        {
            (string, string)[] more =
            [
                .. reachable.SelectMany(a => arrows.Where(b => b.From == a.To).Select(b => (a.From, b.To)))
                    .Where(a => !reachable.Contains(a)),
            ];
            if (more.Length == 0)
            {
                return reachable;
            }

            reachable.UnionWith(more);
        }
    }

    [GeneratedRegex(@"^    (\w+) --> (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Arrow();
}
