using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TransferLearning.Docs.Tests;

/// <summary>The code of an <c>example</c> in the XML documentation of a member.</summary>
/// <param name="Member">The compiler's name of the member, such as <c>M:TransferLearning.TransferPipeline.FineTune(...)</c>.</param>
/// <param name="Code">The statements.</param>
internal sealed record DocumentedExample(string Member, string Code)
{
    // Those that ImplicitUsings adds to a user's project.
    private static readonly string[] ImplicitUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The examples of all libraries in the tests' folder.</summary>
    public static IReadOnlyList<DocumentedExample> All { get; } =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "TransferLearning*.xml").Order(StringComparer.Ordinal)
            .SelectMany(path => XDocument.Load(path).Descendants("member"))
            .SelectMany(member => member.Elements("example").Elements("code")
                .Select(code => new DocumentedExample(member.Attribute("name")!.Value, code.Value))),
    ];

    /// <summary>The compiler's errors; the example may use every public namespace of the libraries.</summary>
    public IEnumerable<string> Errors()
    {
        IEnumerable<string> namespaces = Directory.GetFiles(AppContext.BaseDirectory, "TransferLearning*.dll")
            .Where(path => !path.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .SelectMany(path => Assembly.LoadFrom(path).GetExportedTypes())
            .Select(type => type.Namespace!)
            .Concat(ImplicitUsings)
            .Distinct();
        string source = string.Concat(namespaces.Select(n => $"using {n};\n"))
            + $"internal static class Example\n{{\n    public static async Task RunAsync()\n    {{\n{Code}\n    }}\n}}\n";
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create("Example", [tree], References.Value, options).GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => d.ToString());
    }
}
