using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TransferLearning.Architecture.Tests;

public sealed class ProjectReferenceTests
{
    // Each project with the projects that it may know: arrows run down only.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["TransferLearning.Runtime.Generator"] = [],
        ["TransferLearning.Runtime"] = ["TransferLearning.Runtime.Generator"],
        ["TransferLearning.Imaging"] = [],
        ["TransferLearning.Magick"] = ["TransferLearning.Imaging"],
        ["TransferLearning.Compact"] = [],
        ["TransferLearning.ResNet18.Converter"] = ["TransferLearning.Runtime"],
        // Runs it when it is built, and references nothing.
        ["TransferLearning.ResNet18"] = ["TransferLearning.ResNet18.Converter"],
        ["TransferLearning"] =
        [
            "TransferLearning.Runtime", "TransferLearning.Imaging", "TransferLearning.Compact", "TransferLearning.ResNet18",
        ],
        ["TransferLearning.OnnxRuntime"] = ["TransferLearning"],
        ["TransferLearning.Hosting"] = ["TransferLearning"],
        ["TransferLearning.MLNet"] = ["TransferLearning"],
        ["TransferLearning.MLNet.Vision"] = ["TransferLearning"],
        // The last only with -p:MLNetVision=true.
        ["TransferLearning.Cli"] =
        [
            "TransferLearning", "TransferLearning.Magick", "TransferLearning.OnnxRuntime", "TransferLearning.MLNet.Vision",
        ],
    };

    public static TheoryData<string> Projects =>
    [
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
            .Select(Path.GetFileName)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_those_below_it(string project)
    {
        Allowed.ShouldContainKey(project, "a new project needs its arrows here");

        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));
        string[] references =
        [
            .. file.Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))),
        ];

        references.Except(Allowed[project]).ShouldBeEmpty();
    }

    [Fact]
    public void The_networks_and_the_images_do_not_know_each_other()
    {
        NamesIn("TransferLearning.Runtime", "TransferLearning.Imaging").ShouldBeEmpty();
        NamesIn("TransferLearning.Imaging", "TransferLearning.Runtime").ShouldBeEmpty();
    }

    // What a service or a program prints is its own business. Converter and generator are programs of the build.
    [Theory]
    [MemberData(nameof(Projects))]
    public void A_library_writes_nothing_to_the_console(string project)
    {
        if (project is "TransferLearning.Cli" or "TransferLearning.ResNet18.Converter" or "TransferLearning.Runtime.Generator")
        {
            return;
        }

        Repository.SourcesOf(project)
            .Where(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes()
                .OfType<IdentifierNameSyntax>().Any(name => name.Identifier.Text == nameof(Console)))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> NamesIn(string project, string forbidden) =>
        Repository.SourcesOf(project).Where(path => File.ReadAllText(path).Contains(forbidden, StringComparison.Ordinal));
}
