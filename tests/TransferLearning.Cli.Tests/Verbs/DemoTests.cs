using TransferLearning.Models;

namespace TransferLearning.Cli.Tests.Verbs;

public sealed class DemoTests
{
    [Fact]
    public async Task It_runs_from_sample_data_to_predictions_that_are_right_and_writes_only_into_its_folder()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = (await CommandRun.WithAsync("demo", folder["demo"])).ShouldHaveEnded(0);

        run.Output.ShouldContain("> transfer sample-data");
        run.Output.ShouldContain("> transfer fine-tune");
        run.Output.ShouldContain("> transfer predict");
        using (var model = TransferModel.Load(folder["demo", "model.onnx"]))
        {
            model.Origin.Backbone.ShouldBe("resnet18", "the default");
        }

        string[] predictions = [.. run.Output.Split('\n').Where(l => l.Contains('\t', StringComparison.Ordinal))];
        predictions.Length.ShouldBe(6);
        predictions.ShouldAllBe(l => IsRight(l));
    }

    private static bool IsRight(string line)
    {
        string[] cells = line.Split('\t');
        return Path.GetFileName(Path.GetDirectoryName(cells[0])) == cells[1];
    }
}
