using System.Text.Json;
using TransferLearning.Backbones;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class PreTrainTests(SampleSet samples)
{
    [Fact]
    public async Task A_head_is_trained_and_then_labels_other_data()
    {
        using var folder = new TemporaryFolder();

        (CommandRun training, JsonElement trained) = await CommandRun.WithJsonAsync(
            "pre-train", samples.Images, "-o", folder["model.onnx"], "--cache", samples.Cache);
        (CommandRun labeling, JsonElement labeled) = await CommandRun.WithJsonAsync(
            "pre-train", "--backbone", folder["model.onnx"], "--label", Path.Combine(samples.Images, "val"),
            "-o", folder["labels.csv"], "--top", "2");

        training.ShouldHaveEnded(0);
        labeling.ShouldHaveEnded(0);
        trained.GetProperty("trainImages").GetInt32().ShouldBe(72);
        labeled.GetProperty("images").GetInt32().ShouldBe(24);
        labeled.GetProperty("agreement").GetDouble().ShouldBe(trained.GetProperty("accuracy").GetDouble(), 1e-9);
        labeled.GetProperty("unmatched").GetArrayLength().ShouldBe(0);
        string[] lines = await File.ReadAllLinesAsync(folder["labels.csv"]);
        lines.Length.ShouldBe(25);
        lines[0].ShouldBe("path,label,probability,class,actual,label2,probability2");
    }

    [Fact]
    public async Task Options_that_contradict_each_other_or_are_missing_are_named()
    {
        using var folder = new TemporaryFolder();

        (await CommandRun.WithAsync("pre-train", "-o", folder["model.onnx"])).ShouldHaveFailedWith("give DATA", "--label");
        (await CommandRun.WithAsync("pre-train", samples.Images, "--label", samples.Images, "-o", folder["l.csv"]))
            .ShouldHaveFailedWith("contradict", "--backbone FILE");
    }

    [Fact]
    public async Task A_network_is_trained_from_random_weights_and_serves_as_model_and_backbone()
    {
        using var folder = new TemporaryFolder();

        (CommandRun training, JsonElement trained) = await CommandRun.WithJsonAsync(
            [.. Network(folder), "--epochs", "2", "--teacher", "compact", "--report", folder["report.html"]]);
        CommandRun predicting = await CommandRun.WithAsync("predict", folder["backbone.onnx"], Path.Combine(samples.Images, "val"));
        (CommandRun tuning, JsonElement tuned) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "--backbone", folder["backbone.onnx"], "-o", folder["model.onnx"], "--cache", samples.Cache);

        training.ShouldHaveEnded(0);
        training.Output.ShouldContain("Network: compact, 32 x 32 pixels, 384 features");
        training.Error.ShouldContain("Epoch 2/2: loss ");
        predicting.ShouldHaveEnded(0);
        tuning.ShouldHaveEnded(0);
        File.Exists(folder["backbone.onnx.checkpoint"]).ShouldBeFalse();
        JsonElement network = trained.GetProperty("network");
        network.GetProperty("teacher").GetString().ShouldBe("compact");
        network.GetProperty("epochs").GetArrayLength().ShouldBe(2);
        network.GetProperty("epochs")[1].GetProperty("heldOutLoss").GetDouble().ShouldBeGreaterThan(0);
        tuned.GetProperty("validationImages").GetInt32().ShouldBe(trained.GetProperty("validationImages").GetInt32());
        (await File.ReadAllTextAsync(folder["report.html"])).ShouldSatisfyAllConditions(
            html => html.ShouldContain("compact for 32 x 32 pixels, began with random weights"),
            html => html.ShouldContain("on the held-out images"));
    }

    [Fact]
    public async Task A_training_that_was_canceled_goes_on_with_resume()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = [.. Network(folder), "--epochs", "3"];
        using var cancellation = new CancellationTokenSource();
        using var error = new CancelingWriter("Epoch 1/3", cancellation);

        CommandRun canceled = await CommandRun.WithAsync(error, cancellation.Token, arguments);

        canceled.ShouldHaveEnded(130);
        canceled.Error.ShouldContain($"'{folder["backbone.onnx.checkpoint"]}': repeat the command with --resume to go on");
        (await CommandRun.WithAsync(arguments)).ShouldHaveFailedWith("training that was not finished", "--resume", "remove that file");
        (CommandRun resumed, JsonElement json) = await CommandRun.WithJsonAsync([.. arguments, "--resume"]);
        resumed.ShouldHaveEnded(0);
        json.GetProperty("network").GetProperty("epochs").GetArrayLength().ShouldBe(3);
        string fingerprint = Backbone.FromFile(folder["backbone.onnx"]).Fingerprint;
        (await CommandRun.WithAsync(arguments)).ShouldHaveEnded(0);
        Backbone.FromFile(folder["backbone.onnx"]).Fingerprint.ShouldBe(fingerprint);
    }

    [Fact]
    public async Task Options_of_a_network_are_named_where_they_have_no_use()
    {
        using var folder = new TemporaryFolder();

        (await CommandRun.WithAsync(
                "pre-train", samples.Images, "-o", folder["b.onnx"], "--size", "64", "--batch", "8", "--learning-rate", "0.1", "--resume"))
            .ShouldHaveFailedWith("--size has no use", "--batch has no use", "--learning-rate has no use", "--resume has no use", "--arch");
        (await CommandRun.WithAsync([.. Network(folder), "--backbone", "compact", "--augment", "4", "--resume"]))
            .ShouldHaveFailedWith("--backbone has no use", "--teacher", "--augment has no use", "there is no checkpoint");
        (await CommandRun.WithAsync("pre-train", samples.Images, "--arch", "resnet19", "--teacher", "nobody", "-o", folder["b.onnx"]))
            .ShouldHaveFailedWith("there is no architecture 'resnet19': expected compact, resnet18", "--teacher 'nobody' is neither");
        (await CommandRun.WithAsync([.. Network(folder), "--learning-rate", "0"])).ShouldHaveFailedWith("--learning-rate expects a number");
    }

    private string[] Network(TemporaryFolder folder) =>
    [
        "pre-train", samples.Images, "--arch", "compact", "--size", "32", "--batch", "16", "-o", folder["backbone.onnx"], "--cache",
        samples.Cache,
    ];
}
