using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs.ModelFiles;

[Collection(SampleSetTests.Name)]
public sealed class CompareTests(SampleSet samples)
{
    [Fact]
    public async Task Two_models_are_compared_on_the_validation_part()
    {
        using var folder = new TemporaryFolder();
        string[] train = ["fine-tune", samples.Images, "-o", folder["other.onnx"], "--epochs", "1", "--cache", samples.Cache];
        (await CommandRun.WithAsync([.. train, "--quiet"])).ShouldHaveEnded(0);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "compare", samples.Model, folder["other.onnx"], "--data", samples.Images);

        run.ShouldHaveEnded(0);
        (_, JsonElement evaluated) = await CommandRun.WithJsonAsync("evaluate", folder["other.onnx"], samples.Images);
        json.GetProperty("images").GetInt32().ShouldBe(24);
        json.GetProperty("second").GetProperty("accuracy").GetDouble().ShouldBe(evaluated.GetProperty("accuracy").GetDouble());
        json.GetProperty("first").GetProperty("trainingImages").GetInt32().ShouldBe(0);
        json.GetProperty("classes").GetArrayLength().ShouldBe(6);
        json.GetProperty("pValue").GetDouble().ShouldBeInRange(0, 1);
        json.GetProperty("test").GetString().ShouldBe("exact");
        foreach (JsonElement image in json.GetProperty("changed").EnumerateArray())
        {
            image.GetProperty("first").GetString().ShouldNotBe(image.GetProperty("second").GetString());
            File.Exists(image.GetProperty("path").GetString()).ShouldBeTrue();
        }

        run.Output.ShouldContain("Accuracy of the first: ");
        run.Output.ShouldContain("McNemar's test: p = ");
        run.Output.ShouldContain("Class\tImages\tFirst\tSecond\tDifference");
    }

    [Fact]
    public async Task A_model_that_was_trained_on_the_images_is_a_warning()
    {
        CommandRun run = await CommandRun.WithAsync(
            "compare", samples.Model, samples.Model, "--data", Path.Combine(samples.Images, "train"), "--quiet");

        run.ShouldHaveEnded(0).Error.ShouldContain("72 of 72 images were in the training data of the first model");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Missing_models_are_all_named() =>
        (await CommandRun.WithAsync("compare", "a.onnx", "b.onnx", "--data", samples.Images)).ShouldHaveFailedWith("a.onnx", "b.onnx");
}
