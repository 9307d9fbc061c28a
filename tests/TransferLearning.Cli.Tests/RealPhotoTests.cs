using System.Text.Json;

namespace TransferLearning.Cli.Tests;

public sealed class RealPhotoTests
{
    [SkippableFact]
    public async Task Evaluation_confirms_the_accuracy_of_training_on_ants_and_bees()
    {
        string data = SharedFiles.Require("data", "hymenoptera");
        string network = SharedFiles.SmallNetwork();
        using var folder = new TemporaryFolder();
        string model = folder["model.onnx"];

        (CommandRun training, JsonElement trained) = await CommandRun.WithJsonAsync(
            "fine-tune", data, "--backbone", network, "-o", model, "--cache", folder["cache"]);
        (CommandRun evaluation, JsonElement evaluated) = await CommandRun.WithJsonAsync("evaluate", model, data);

        training.ShouldHaveEnded(0);
        evaluation.ShouldHaveEnded(0);
        trained.GetProperty("trainImages").GetInt32().ShouldBe(245);
        trained.GetProperty("validationImages").GetInt32().ShouldBe(153);
        trained.GetProperty("accuracy").GetDouble().ShouldBeGreaterThan(0.8);
        evaluated.GetProperty("accuracy").GetDouble().ShouldBe(trained.GetProperty("accuracy").GetDouble(), 0.01);
    }

    [SkippableFact]
    public async Task Stray_files_beside_the_class_folders_are_ignored()
    {
        string data = SharedFiles.Require("data", "flowers-small");
        string network = SharedFiles.SmallNetwork();
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", data, "--backbone", network, "-o", folder["model.onnx"], "--no-cache", "--validation", "0.2");

        run.ShouldHaveEnded(0);
        json.GetProperty("classes").GetInt32().ShouldBe(5);
        (json.GetProperty("trainImages").GetInt32() + json.GetProperty("validationImages").GetInt32()).ShouldBe(200);
        json.GetProperty("skipped").GetInt32().ShouldBe(0);
    }
}
