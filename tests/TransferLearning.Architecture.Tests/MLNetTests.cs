using System.Reflection;
using System.Xml.Linq;
using TransferLearning.Hosting;
using TransferLearning.Imaging;
using TransferLearning.Runtime;

namespace TransferLearning.Architecture.Tests;

/// <summary>Only the projects for ML.NET refer to it.</summary>
public sealed class MLNetTests
{
    private const string VisionIsAskedFor = "'$(MLNetVision)' == 'true'";
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
            typeof(IModelProvider).Assembly,
            Assembly.Load("transfer"),
        ];

        shipped.SelectMany(a => a.GetReferencedAssemblies()).Select(a => a.Name!).Where(IsForeign).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ProjectFiles))]
    public void Only_projects_for_it_refer_to_its_packages(string project)
    {
        string[] packages = [.. References(project, "PackageReference", condition: null).Where(IsForeign)];

        packages.Where(p => !IsForVision(p) && !project.Contains("MLNet", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ProjectFiles))]
    public void Its_vision_package_is_referred_to_only_where_it_is_asked_for(string project)
    {
        string[] always = [.. References(project, "PackageReference", condition: VisionIsAskedFor)];
        string[] engine = [.. References(project, "ProjectReference", condition: VisionIsAskedFor)
            .Where(p => p.EndsWith("/TransferLearning.MLNet.Vision.csproj", StringComparison.Ordinal))];

        always.Where(IsForVision).ShouldBeEmpty();
        engine.Where(_ => !project.StartsWith("tests/TransferLearning.MLNet.Vision.Tests/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <param name="project">The project file.</param>
    /// <param name="element">The kind of reference.</param>
    /// <param name="condition">References under this condition are left out; null to keep all.</param>
    private static IEnumerable<string> References(string project, string element, string? condition) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants(element)
            .Where(r => condition is null || r.Parent!.Attribute("Condition")?.Value != condition)
            .Select(r => r.Attribute("Include")!.Value);

    private static bool IsForVision(string package) => package is "Microsoft.ML.Vision" or "SciSharp.TensorFlow.Redist";

    // ONNX Runtime has ML.NET's prefix, but is a package of its own.
    private static bool IsForeign(string name) =>
        Foreign.Any(f => name.StartsWith(f, StringComparison.OrdinalIgnoreCase))
        && !name.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.OrdinalIgnoreCase);
}
