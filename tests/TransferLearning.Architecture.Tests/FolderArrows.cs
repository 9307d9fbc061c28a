using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TransferLearning.Architecture.Tests;

/// <summary>
/// Which folder of a project uses which other: found by the compiler in the sources, so that a type counts however it is reached, by a
/// using directive, from a parent namespace or as the type of an expression. A folder is the first two parts of its path; the project's
/// root counts as a folder, named ".".
/// </summary>
internal static class FolderArrows
{
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, HashSet<string>>> Cache = new();

    // What the projects' ImplicitUsings bring.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    public static IReadOnlyDictionary<string, HashSet<string>> Of(string project) => Cache.GetOrAdd(project, Read);

    private static Dictionary<string, HashSet<string>> Read(string project)
    {
        string root = Path.Combine(Repository.Root, "src", project);
        string[] paths = [.. Repository.SourcesOf(project)];
        CSharpCompilation compilation = Compile(project, paths);
        var arrows = paths.Select(path => FolderOf(root, path)).Distinct().ToDictionary(folder => folder, _ => new HashSet<string>());
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(t => t.FilePath.Length > 0))
        {
            string folder = FolderOf(root, tree.FilePath);
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes(n => n is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
            {
                if (DeclaringFile(model.GetSymbolInfo(name)) is { Length: > 0 } file)
                {
                    arrows[folder].Add(FolderOf(root, file));
                }
            }

            arrows[folder].Remove(folder);
        }

        return arrows;
    }

    private static CSharpCompilation Compile(string project, string[] paths)
    {
        // The command's assembly is named after the command.
        string assembly = project == "TransferLearning.Cli" ? "transfer" : project;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        IEnumerable<MetadataReference> references = trusted.Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly)
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None);
        IEnumerable<SyntaxTree> trees = paths.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path))
            .Prepend(CSharpSyntaxTree.ParseText(ImplicitUsings, options));
        return CSharpCompilation.Create(
            assembly, trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    private static string? DeclaringFile(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        INamedTypeSymbol? type = symbol switch
        {
            IAliasSymbol alias => alias.Target as INamedTypeSymbol,
            INamedTypeSymbol named => named,
            IMethodSymbol { ReducedFrom: { } extension } => extension.ContainingType,
            _ => symbol?.ContainingType,
        };
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
    }

    private static string FolderOf(string root, string path)
    {
        string[] folders = Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Split('/', '\\');
        return string.Join('/', folders.Take(2));
    }
}
