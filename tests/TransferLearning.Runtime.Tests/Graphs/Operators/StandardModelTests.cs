using Xunit.Abstractions;

namespace TransferLearning.Runtime.Tests.Graphs.Operators;

public class StandardModelTests(ITestOutputHelper output)
{
    // Expects the coordinates of an output that is not a whole number of elements long; ONNX Runtime leaves it out too.
    private const string Disputed = "test_resize_downsample_scales_linear_align_corners";

    [SkippableTheory]
    [InlineData("node", 500)]
    [InlineData("pytorch-converted", 2)]
    [InlineData("pytorch-operator", 2)]
    [InlineData("simple", 6)]
    public void The_models_of_the_ONNX_project_compute_what_is_expected(string kind, int fewest)
    {
        List<string> failed = [];
        List<string> unsupported = [];
        int passed = 0;
        foreach (string folder in StandardTestData.Models(kind).Where(f => Path.GetFileName(f) != Disputed))
        {
            string name = Path.GetFileName(folder);
            try
            {
                if (StandardTestData.Difference(folder) is { } difference)
                {
                    failed.Add($"{name}: {difference}");
                }
                else
                {
                    passed++;
                }
            }
            catch (InvalidNetworkException e)
            {
                unsupported.Add($"{name}: {e.Message}");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failed.Add($"{name}: {e}");
            }
        }

        output.WriteLine($"{kind}: {passed} passed, {failed.Count} failed, {unsupported.Count} not supported");
        unsupported.ForEach(output.WriteLine);
        failed.ShouldBeEmpty();
        passed.ShouldBeGreaterThanOrEqualTo(fewest);
    }
}
