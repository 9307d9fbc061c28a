using Xunit.Abstractions;

namespace TransferLearning.Runtime.Tests.Operators;

public class StandardModelTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData("node", 569)]
    [InlineData("pytorch-converted", 67)]
    [InlineData("pytorch-operator", 34)]
    [InlineData("simple", 6)]
    public void The_models_of_the_ONNX_project_that_use_what_is_listed_compute_what_is_expected(string kind, int minPassed)
    {
        List<string> failed = [];
        List<(string Reason, string Model)> unsupported = [];
        int passed = 0;
        foreach (StandardModel model in StandardModel.All(kind))
        {
            try
            {
                if (model.Difference() is { } difference)
                {
                    failed.Add($"{model.Name}: {difference}");
                }
                else
                {
                    passed++;
                }
            }
            catch (InvalidNetworkException e) when (StandardScope.ReasonOutside(model) is { } reason)
            {
                unsupported.Add((reason, $"{model.Name}: {e.Message}"));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failed.Add($"{model.Name}: {e}");
            }
        }

        output.WriteLine($"{kind}: {passed} passed, {failed.Count} failed, {unsupported.Count} not supported");
        foreach (IGrouping<string, (string Reason, string Model)> group in unsupported.GroupBy(u => u.Reason))
        {
            output.WriteLine($"not supported for {group.Key}: {group.Count()}");
            group.ToList().ForEach(u => output.WriteLine($"  {u.Model}"));
        }

        failed.ShouldBeEmpty();
        passed.ShouldBeGreaterThanOrEqualTo(minPassed);
    }
}
