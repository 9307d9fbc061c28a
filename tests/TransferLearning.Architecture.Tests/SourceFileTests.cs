namespace TransferLearning.Architecture.Tests;

public sealed class SourceFileTests
{
    private const int MaxColumns = 140;
    private const int MaxFilesPerFolder = 20;

    [Fact]
    public void No_line_is_longer_than_140_columns()
    {
        Sources()
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (path, line, number: index + 1)))
            .Where(l => l.line.Length > MaxColumns)
            .Select(l => $"{Path.GetRelativePath(Repository.Root, l.path)}({l.number}): {l.line.Length} columns")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_holds_more_than_20_source_files()
    {
        Sources()
            .GroupBy(path => Path.GetDirectoryName(path)!)
            .Where(folder => folder.Count() > MaxFilesPerFolder)
            .Select(folder => $"{Path.GetRelativePath(Repository.Root, folder.Key)}: {folder.Count()} files")
            .ShouldBeEmpty();
    }

    // Other weights are made from packages when the projects are built.
    [Fact]
    public void The_only_network_among_the_sources_is_the_projects_own() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.onnx", SearchOption.AllDirectories)
            .Where(path => !Repository.IsBuildOutput(path))
            .Select(path => Path.GetFileName(path))
            .ShouldBe(["compact.onnx"]);

    private static IEnumerable<string> Sources() =>
        new[] { "src", "tests", "benchmarks", "samples" }
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(path => !Repository.IsBuildOutput(path))
            .Order(StringComparer.Ordinal);
}
