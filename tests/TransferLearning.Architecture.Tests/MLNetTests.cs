using System.Reflection;
using System.Xml.Linq;
using TransferLearning.Imaging;
using TransferLearning.Runtime;

namespace TransferLearning.Architecture.Tests;

/// <summary>Only projects that ask for ML.NET refer to it.</summary>
public sealed class MLNetTests
{
    private static readonly string[] Foreign = ["Microsoft.ML", "TensorFlow", "SciSharp"];

    public static TheoryData<string> ProjectFiles =>
    [
        .. Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !Repository.IsBuildOutput(path))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void No_assembly_of_the_default_packages_refers_to_it()
    {
        Assembly[] shipped =
        [
            typeof(TransferLearningException).Assembly,
            typeof(InvalidNetworkException).Assembly,
            typeof(InvalidImageException).Assembly,
            Assembly.Load("transfer"),
        ];

        shipped.SelectMany(a => a.GetReferencedAssemblies()).Select(a => a.Name!).Where(IsForeign).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ProjectFiles))]
    public void A_project_refers_to_it_only_where_it_is_asked_for(string project)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, project));

        file.Descendants("PackageReference")
            .Where(r => IsForeign(r.Attribute("Include")!.Value))
            .Where(r => r.Parent!.Attribute("Condition")?.Value != "'$(MLNet)' == 'true'")
            .ShouldBeEmpty();
        file.Descendants("ProjectReference")
            .Where(r => r.Attribute("Include")!.Value.Contains("TransferLearning.MLNet.csproj", StringComparison.Ordinal))
            .Where(r => !project.Contains("MLNet", StringComparison.Ordinal))
            .Where(r => r.Parent!.Attribute("Condition")?.Value != "'$(MLNet)' == 'true'")
            .ShouldBeEmpty();
    }

    // ONNX Runtime has ML.NET's prefix, but is a package of its own.
    private static bool IsForeign(string name) =>
        Foreign.Any(f => name.StartsWith(f, StringComparison.OrdinalIgnoreCase))
        && !name.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.OrdinalIgnoreCase);
}
