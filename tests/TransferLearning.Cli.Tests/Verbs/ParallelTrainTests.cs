using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

public sealed class ParallelTrainTests
{
    [Fact]
    public async Task A_flat_folder_is_trained_on_and_the_report_has_every_field()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "parallel-train", folder["small"], "--larger", folder["larger"], "--segments", "2", "--combine", "ensemble",
            "-o", folder["model.onnx"], "--no-cache");

        run.ShouldHaveEnded(0);
        run.Output.ShouldContain("Combined accuracy: ");
        json.GetProperty("segments").GetArrayLength().ShouldBe(2);
        json.GetProperty("segments")[0].GetProperty("accuracy").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("segments")[0].GetProperty("trainImages").GetInt32().ShouldBeGreaterThan(0);
        json.GetProperty("smallSetAccuracy").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("combinedAccuracy").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("keptSmallSetModel").GetBoolean().ShouldBe(
            json.GetProperty("combinedAccuracy").GetDouble() < json.GetProperty("smallSetAccuracy").GetDouble());
        json.GetProperty("ece").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("eceBefore").GetDouble().ShouldBeInRange(0, 1);
        double temperature = json.GetProperty("temperature").GetDouble();
        temperature.ShouldBeGreaterThan(0);
        run.Output.ShouldContain($"(before temperature {temperature:0.00}: ");
        json.GetProperty("classes").GetInt32().ShouldBe(6);
        json.GetProperty("pseudoLabelledImages").GetInt32().ShouldBeGreaterThan(0);
        json.GetProperty("pseudoLabels").ValueKind.ShouldBe(JsonValueKind.Null, "a flat folder has no labels");
        json.GetProperty("skipped").GetInt32().ShouldBe(0);
        json.GetProperty("cancelled").GetBoolean().ShouldBeFalse();
        (await CommandRun.WithAsync("predict", folder["model.onnx"], folder["larger"], "--quiet")).ShouldHaveEnded(0);
    }

    [Fact]
    public async Task Bad_options_are_named_together()
    {
        using var folder = new TemporaryFolder();
        await SmallData.WriteAsync(folder["small"]);

        (await CommandRun.WithAsync(
            "parallel-train", folder["small"], "--larger", folder["nowhere"], "--combine", "mean",
            "--segments", "2", "--segment-by", "site", "-o", folder["model.onnx"]))
            .ShouldHaveFailedWith("best, average or ensemble, not 'mean'", "nowhere", "contradict");
    }

    /// <summary>The sample set, with half of its images in one flat folder.</summary>
    private static async Task WriteAsync(TemporaryFolder folder)
    {
        await SmallData.WriteAsync(folder["small"]);
        Directory.CreateDirectory(folder["larger"]);
        string[] images = [.. Directory.GetFiles(folder["small"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string image in images.Where((_, i) => i % 2 == 0))
        {
            string label = Path.GetFileName(Path.GetDirectoryName(image)!);
            File.Move(image, Path.Combine(folder["larger"], $"{label}-{Path.GetFileName(image)}"));
        }
    }
}
