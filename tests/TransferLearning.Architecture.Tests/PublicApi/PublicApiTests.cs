using System.Reflection;
using TransferLearning.Hosting;
using TransferLearning.Imaging;
using TransferLearning.Magick;
using TransferLearning.MLNet;
using TransferLearning.MLNet.Vision;
using TransferLearning.OnnxRuntime;
using TransferLearning.Runtime;

namespace TransferLearning.Architecture.Tests.PublicApi;

/// <summary>
/// The public surface of each library is a text file beside this test. Where a change is meant, run the tests once with the environment
/// variable <c>UPDATE_PUBLIC_API=1</c> and commit the files with it.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries => [.. Assemblies.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, Assembly> Assemblies => new Assembly[]
    {
        typeof(TransferLearningException).Assembly,
        typeof(InvalidNetworkException).Assembly,
        typeof(InvalidImageException).Assembly,
        typeof(MagickFormats).Assembly,
        typeof(IModelProvider).Assembly,
        typeof(TransferLearningTransformer).Assembly,
        typeof(MLNetRetrainer).Assembly,
        typeof(OnnxRuntimeEngine).Assembly,
    }.ToDictionary(a => a.GetName().Name!);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_one_on_file(string library)
    {
        string surface = PublicSurface.Describe(Assemblies[library]);
        string file = Path.Combine(Repository.Root, "tests", "TransferLearning.Architecture.Tests", "PublicApi", $"{library}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(file, surface);
        }

        File.Exists(file).ShouldBeTrue($"{file} is missing: run the tests once with UPDATE_PUBLIC_API=1");
        string expected = File.ReadAllText(file).ReplaceLineEndings("\n");
        string[] added = [.. surface.Split('\n').Except(expected.Split('\n'))];
        string[] removed = [.. expected.Split('\n').Except(surface.Split('\n'))];
        surface.ShouldBe(
            expected,
            $"the public surface of {library} has changed.\nAdded:\n{string.Join('\n', added)}\nRemoved:\n{string.Join('\n', removed)}\n"
            + "Where that is meant, run the tests once with UPDATE_PUBLIC_API=1 and commit the file.");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_classes_are_sealed_unless_they_are_exceptions_to_derive_from(string library)
    {
        PublicSurface.TypesOf(Assemblies[library])
            .Where(t => t.IsClass && !t.IsSealed && !t.IsAssignableTo(typeof(Exception)))
            .Select(t => t.FullName)
            .ShouldBeEmpty();
    }
}
