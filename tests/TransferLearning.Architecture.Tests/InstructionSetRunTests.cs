using System.Text.RegularExpressions;

namespace TransferLearning.Architecture.Tests;

/// <summary>
/// <c>.ci/run</c> repeats tests with AVX-512, AVX2 and all vector instructions switched off. It names the projects, and the folders of
/// TransferLearning, whose code uses vector instructions: none may be missing.
/// </summary>
public sealed partial class InstructionSetRunTests
{
    // These only ask what the processor has, or write vector code at build time; the tests of the projects that use them are repeated.
    private static readonly string[] Exempt = ["TransferLearning.MLNet.Vision", "TransferLearning.Runtime.Generator"];

    [Fact]
    public void Every_source_with_vector_code_is_tested_without_the_instructions_too()
    {
        string run = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));
        string[] projects = [.. Words(run, "vector_projects").Select(p => p[..^".Tests".Length])];
        string[] folders = Words(run, "vector_folders");

        Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Select(folder => Path.GetFileName(folder)!)
            .Except(projects)
            .Except(Exempt)
            .SelectMany(project => Repository.SourcesOf(project).Select(path => (project, path)))
            .Where(source => VectorCode().IsMatch(File.ReadAllText(source.path)))
            .Select(source => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), source.path).Replace('\\', '/'))
            .Where(path => !folders.Any(folder => path.StartsWith($"TransferLearning/{folder}/", StringComparison.Ordinal)))
            .ShouldBeEmpty("add the project, or its folder, to the lists in .ci/run");
    }

    [Fact]
    public void Each_project_and_folder_that_is_repeated_exists()
    {
        string run = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));

        Words(run, "vector_projects").Where(p => !Directory.Exists(Path.Combine(Repository.Root, "tests", p))).ShouldBeEmpty();
        Words(run, "vector_folders")
            .Where(f => !Directory.Exists(Path.Combine(Repository.Root, "tests", "TransferLearning.Tests", f)))
            .ShouldBeEmpty();
    }

    private static string[] Words(string script, string array) =>
        Regex.Match(script, $@"^{array}=\(([^)]*)\)", RegexOptions.Multiline).Groups[1].Value
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\bVector<|\bVector(64|128|256|512)\b|System\.Runtime\.Intrinsics")]
    private static partial Regex VectorCode();
}
