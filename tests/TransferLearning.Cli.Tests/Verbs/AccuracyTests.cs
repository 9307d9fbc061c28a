using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

/// <summary>Accuracies come with their interval and the images that they rest on, and the verbs say where they mean little.</summary>
[Collection(SampleSetTests.Name)]
public sealed class AccuracyTests(SampleSet samples)
{
    private const string Figure = @"[01]\.\d{3} \(95%: [01]\.\d{3} to [01]\.\d{3}, \d+ images\)";

    private string Validation => Path.Combine(samples.Images, "val");

    [Fact]
    public async Task Fine_tuning_prints_the_interval_writes_it_and_hints_at_cross_validation()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", samples.Images, "-o", folder["m.onnx"], "--cache", samples.Cache);

        run.ShouldHaveEnded(0).Output.ShouldMatch($"Accuracy: {Figure}");
        run.Output.ShouldContain($", 24 images)");
        run.Error.ShouldContain("hint: the accuracy was measured on only 24 images: 'transfer cross-validate' measures it on all images");
        json.GetProperty("hints")[0].GetString()!.ShouldContain("cross-validate");
        json.GetProperty("warnings").GetArrayLength().ShouldBe(0);
        ShouldContainAccuracy(json);
        ShouldContainAccuracy(json.GetProperty("steps")[0]);
    }

    [Fact]
    public async Task A_larger_set_has_its_own_interval()
    {
        using var folder = new TemporaryFolder();
        await SmallData.WriteAsync(folder["small"]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "fine-tune", folder["small"], "--tune-on", samples.Images, "-o", folder["m.onnx"], "--cache", samples.Cache);

        run.ShouldHaveEnded(0).Output.ShouldMatch($"After images, on the larger one: {Figure}");
        json.GetProperty("steps")[1].GetProperty("imagesOfLarger").GetInt32().ShouldBe(24);
        ShouldContain(json.GetProperty("steps")[1], "accuracyOnLarger");
    }

    [Fact]
    public async Task Cross_validation_prints_the_interval_over_all_images_and_hints_at_nothing()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "cross-validate", samples.Images, "--cache", samples.Cache, "--require-accuracy", "1");

        run.Output.ShouldMatch($"Accuracy: {Figure}");
        run.Output.ShouldMatch("Mean accuracy: [01]\\.\\d{3}");
        ShouldContain(json, "accuracy");
        JsonElement interval = json.GetProperty("accuracyInterval");
        interval.GetProperty("lower").GetDouble().ShouldBe(json.GetProperty("lowerAccuracy").GetDouble());
        interval.GetProperty("upper").GetDouble().ShouldBe(json.GetProperty("upperAccuracy").GetDouble());
        ShouldContainAccuracy(json.GetProperty("folds")[0]);
        json.GetProperty("hints").GetArrayLength().ShouldBe(0);
        run.Error.ShouldNotContain("hint:");
    }

    [Fact]
    public async Task A_gate_says_what_the_accuracy_rests_on()
    {
        using var folder = new TemporaryFolder();
        // One class under two names: no head tells them apart.
        SampleSet.Copy(Path.Combine(samples.Images, "train", "bark"), folder["twice", "bark"]);
        SampleSet.Copy(Path.Combine(Validation, "bark"), folder["twice", "wood"]);

        CommandRun run = await CommandRun.WithAsync(
            "cross-validate", folder["twice"], "--cache", samples.Cache, "--folds", "2", "--require-accuracy", "1");
        run.ShouldHaveEnded(2).Error.ShouldMatch($"the accuracy is {Figure}, but --require-accuracy demands 1");

        // The images of one class under the name of another: none can be predicted correctly.
        SampleSet.Copy(Path.Combine(Validation, "bark"), folder["data", "dots"]);
        run = await CommandRun.WithAsync("evaluate", samples.Model, folder["data"], "--require-accuracy", "0.9");
        run.ShouldHaveEnded(2).Error.ShouldContain(
            "the accuracy is 0.000 (95%: 0.000 to 0.490, 4 images), but --require-accuracy demands 0.9");
    }

    [Fact]
    public async Task Parallel_training_prints_the_interval_of_every_model()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "parallel-train", Path.Combine(samples.Images, "train"), "--larger", Validation, "--segments", "2",
            "-o", folder["m.onnx"], "--cache", samples.Cache);

        run.ShouldHaveEnded(0);
        foreach (string name in new[] { "Small-set accuracy", "Accuracy of segment 1", "Combined accuracy", "Correct pseudo-labels" })
        {
            run.Output.ShouldMatch($"{name}: {Figure}");
        }

        ShouldContain(json, "smallSetAccuracy");
        ShouldContain(json, "combinedAccuracy");
        ShouldContainAccuracy(json.GetProperty("segments")[0]);
        ShouldContainAccuracy(json.GetProperty("pseudoLabels"));
        json.GetProperty("hints").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Labeling_prints_the_interval_of_the_agreement()
    {
        using var folder = new TemporaryFolder();

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "pre-train", "--backbone", samples.Model, "--label", Path.Combine(samples.Images, "train"), "-o", folder["l.csv"]);

        run.ShouldHaveEnded(0).Output.ShouldMatch($"Agreement: {Figure}");
        ShouldContain(json, "agreement");
        json.GetProperty("trainingImages").GetInt32().ShouldBe(72);
        run.Error.ShouldContain("warning: 72 of 72 images were in the training data of this model");
    }

    [Fact]
    public async Task Advice_has_the_interval_and_the_images_of_each_backbone()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("advise", samples.Images, "--cache", samples.Cache);

        run.ShouldHaveEnded(0).Output.ShouldStartWith("Backbone\tAccuracy\t95% interval\tImages\t");
        run.Output.ShouldMatch(@"compact\t[01]\.\d{3}\t[01]\.\d{3} to [01]\.\d{3}\t96\t");
        ShouldContainAccuracy(json.GetProperty("candidates")[0]);
        json.GetProperty("evidence")[0].GetString()!.ShouldContain("%, 96 images) in cross-validation");
    }

    [Fact]
    public async Task Evaluating_on_training_images_is_said_and_on_others_is_not()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "evaluate", samples.Model, Path.Combine(samples.Images, "train"), "--quiet");

        const string Message = "72 of 72 images were in the training data of this model: the accuracy says nothing about new photos";
        run.ShouldHaveEnded(0).Error.ShouldContain($"warning: {Message}");
        run.Error.ShouldNotContain("hint:");
        json.GetProperty("trainingImages").GetInt32().ShouldBe(72);
        json.GetProperty("trainingImagesChecked").GetInt32().ShouldBe(72);
        json.GetProperty("warnings")[0].GetString().ShouldBe(Message);
        json.GetProperty("hints").GetArrayLength().ShouldBe(1);
        ShouldContainAccuracy(json);

        (run, json) = await CommandRun.WithJsonAsync("evaluate", samples.Model, samples.Images);
        run.ShouldHaveEnded(0).Output.ShouldMatch($"Accuracy: {Figure}");
        run.Error.ShouldNotContain("were in the training data");
        json.GetProperty("trainingImages").GetInt32().ShouldBe(0);
        run.Error.ShouldContain("fewer than 10 images of 6 classes (bark: 4, checks: 4, dots: 4, rings: 4, stripes: 4, triangles: 4)");
    }

    [Fact]
    public async Task A_model_without_hashes_says_nothing_about_its_training_images()
    {
        using var folder = new TemporaryFolder();
        (await CommandRun.WithAsync(
            "fine-tune", samples.Images, "-o", folder["m.onnx"], "--cache", samples.Cache, "--no-training-hashes")).ShouldHaveEnded(0);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "evaluate", folder["m.onnx"], Path.Combine(samples.Images, "train"));

        run.ShouldHaveEnded(0).Error.ShouldNotContain("were in the training data");
        json.GetProperty("trainingImages").ValueKind.ShouldBe(JsonValueKind.Null);
        long bytes = new FileInfo(samples.Model).Length - new FileInfo(folder["m.onnx"]).Length;
        bytes.ShouldBeInRange(72 * 8, (72 * 11) + 100);
    }

    [Theory]
    [InlineData("cross-validate")]
    [InlineData("pre-train")]
    [InlineData("parallel-train")]
    public async Task Every_verb_that_writes_a_model_can_leave_the_hashes_out(string verb)
    {
        using var folder = new TemporaryFolder();
        string[] larger = verb == "parallel-train" ? ["--larger", Validation, "--segments", "1"] : [];
        string data = verb == "parallel-train" ? Path.Combine(samples.Images, "train") : samples.Images;
        string[] arguments = [verb, data, .. larger, "--cache", samples.Cache, "--quiet", "-o"];

        (await CommandRun.WithAsync([.. arguments, folder["with.onnx"]])).ShouldHaveEnded(0);
        (await CommandRun.WithAsync([.. arguments, folder["without.onnx"], "--no-training-hashes"])).ShouldHaveEnded(0);

        (_, JsonElement with) = await CommandRun.WithJsonAsync("evaluate", folder["with.onnx"], data);
        (_, JsonElement without) = await CommandRun.WithJsonAsync("evaluate", folder["without.onnx"], data);
        with.GetProperty("trainingImages").ValueKind.ShouldBe(JsonValueKind.Number);
        without.GetProperty("trainingImages").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Labeling_saves_no_model_and_refuses_the_option() =>
        (await CommandRun.WithAsync(
            "pre-train", "--backbone", samples.Model, "--label", Validation, "-o", "labels.csv", "--no-training-hashes"))
            .ShouldHaveFailedWith("--no-training-hashes has no use with --label");

    [Fact]
    public async Task Predicting_data_with_labels_gives_the_accuracy()
    {
        string train = Path.Combine(samples.Images, "train");

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("predict", samples.Model, train, "--layout", "folders");

        run.ShouldHaveEnded(0).Error.ShouldMatch($"Accuracy on the labeled images: {Figure}");
        run.Error.ShouldContain("72 of 72 images were in the training data of this model");
        run.Output.TrimEnd().Split('\n').Length.ShouldBe(72);
        json.GetProperty("labeledImages").GetInt32().ShouldBe(72);
        json.GetProperty("trainingImages").GetInt32().ShouldBe(72);
        ShouldContainAccuracy(json);
    }

    [Fact]
    public async Task Predicting_data_without_labels_gives_none()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("predict", samples.Model, Validation);

        run.ShouldHaveEnded(0).Error.ShouldNotContain("ccuracy");
        json.GetProperty("labeledImages").GetInt32().ShouldBe(0);
        json.GetProperty("accuracy").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("trainingImages").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static void ShouldContainAccuracy(JsonElement json) => ShouldContain(json, "accuracy");

    private static void ShouldContain(JsonElement json, string name)
    {
        JsonElement interval = json.GetProperty($"{name}Interval");
        double share = json.GetProperty(name).GetDouble();
        share.ShouldBeInRange(interval.GetProperty("lower").GetDouble(), interval.GetProperty("upper").GetDouble() + 1e-12);
        interval.GetProperty("upper").GetDouble().ShouldBeGreaterThan(interval.GetProperty("lower").GetDouble());
    }
}
