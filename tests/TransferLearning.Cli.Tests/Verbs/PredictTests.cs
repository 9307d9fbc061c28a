using System.Globalization;
using System.Text.Json;
using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.Models;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class PredictTests(SampleSet samples)
{
    [Fact]
    public async Task Each_image_gets_a_line_with_path_label_and_probability()
    {
        string image = samples.Image("stripes", 0);

        CommandRun run = (await CommandRun.WithAsync("predict", samples.Model, image)).ShouldHaveEnded(0);

        string[] cells = run.Output.TrimEnd().Split('\t');
        cells.Length.ShouldBeInRange(3, 4);
        Path.GetFileName(cells[0]).ShouldBe(Path.GetFileName(image));
        cells[1].ShouldNotBeEmpty();
        double.Parse(cells[2], CultureInfo.InvariantCulture).ShouldBeInRange(1.0 / 6, 1);
    }

    [Fact]
    public async Task As_many_labels_as_asked_for_are_printed()
    {
        CommandRun run = await CommandRun.WithAsync("predict", samples.Model, samples.Image("stripes", 0), "--top", "3");

        string[] cells = run.ShouldHaveEnded(0).Output.TrimEnd().Split('\t');
        cells.Length.ShouldBeInRange(7, 8);
        double[] probabilities = [.. ((int[])[2, 4, 6]).Select(c => double.Parse(cells[c], CultureInfo.InvariantCulture))];
        probabilities.ShouldBeInOrder(SortDirection.Descending);
        cells[3].ShouldNotBe(cells[1]);
        run.Error.ShouldEndWith($"Next: transfer evaluate {samples.Model} DATA{Environment.NewLine}");
    }

    [Fact]
    public async Task A_label_that_is_not_probable_enough_is_unsure()
    {
        using var folder = new TemporaryFolder();
        string[] predict = ["predict", samples.Model, Path.Combine(samples.Images, "val"), "--csv", folder["p.csv"]];
        (_, JsonElement before) = await CommandRun.WithJsonAsync(predict);
        double[] all =
            [.. before.GetProperty("predictions").EnumerateArray().Select(p => p.GetProperty("probability").GetDouble()).Order()];
        double least = (all[5] + all[6]) / 2;

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            [.. predict, "--min-probability", least.ToString("R", CultureInfo.InvariantCulture)]);

        JsonElement[] predictions = [.. json.GetProperty("predictions").EnumerateArray()];
        predictions.Count(p => p.GetProperty("unsure").GetBoolean()).ShouldBe(6);
        foreach (JsonElement prediction in predictions)
        {
            bool isUnsure = prediction.GetProperty("probability").GetDouble() < least;
            prediction.GetProperty("unsure").GetBoolean().ShouldBe(isUnsure);
            (prediction.GetProperty("label").GetString() == "unsure").ShouldBe(isUnsure);
            prediction.GetProperty("top")[0].GetProperty("label").GetString().ShouldNotBe("unsure");
        }

        run.ShouldHaveEnded(0).Output.Split('\n').Count(l => l.Split('\t').ElementAtOrDefault(1) == "unsure").ShouldBe(6);
        run.Error.ShouldContain("'unsure': 6 of 24 images");
        (await File.ReadAllLinesAsync(folder["p.csv"])).Count(l => l.Contains(",unsure,", StringComparison.Ordinal)).ShouldBe(6);
        before.GetProperty("predictions")[0].GetProperty("unsure").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_report_has_every_field()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "predict", samples.Model, samples.Image("dots", 0), Path.Combine(samples.Images, "val", "rings"), "--top", "3");

        run.ShouldHaveEnded(0);
        JsonElement[] predictions = [.. json.GetProperty("predictions").EnumerateArray()];
        predictions.Length.ShouldBe(5);
        foreach (JsonElement prediction in predictions)
        {
            File.Exists(prediction.GetProperty("path").GetString()).ShouldBeTrue();
            prediction.GetProperty("unknown").GetBoolean().ShouldBe(prediction.GetProperty("unknownScore").GetDouble() > 0);
            JsonElement[] top = [.. prediction.GetProperty("top").EnumerateArray()];
            top.Length.ShouldBe(3);
            top[0].GetProperty("label").GetString().ShouldBe(prediction.GetProperty("label").GetString());
            top[0].GetProperty("probability").GetDouble().ShouldBe(prediction.GetProperty("probability").GetDouble());
            top[0].GetProperty("probability").GetDouble().ShouldBeGreaterThanOrEqualTo(top[1].GetProperty("probability").GetDouble());
        }

        json.GetProperty("skipped").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.MaxValue, "computes NaN as the probability of 'dots'")]
    public async Task A_model_that_computes_no_numbers_is_an_error_that_names_it(float weight, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder["damaged.onnx"];
        float[] weights = new float[2 * Backbone.Compact.FeatureSize];
        Array.Fill(weights, weight);
        using (var model = new TransferModel(
            Backbone.Compact, new LinearHead(2, Backbone.Compact.FeatureSize, weights, new float[2]), ["dots", "rings"]))
        {
            model.Save(path);
        }

        Directory.CreateDirectory(folder["set/dots"]);
        File.Copy(samples.Image("dots", 0), folder["set/dots/1.jpg"]);

        CommandRun[] runs =
        [
            await CommandRun.WithAsync("predict", path, samples.Image("dots", 0)),
            await CommandRun.WithAsync("evaluate", path, folder["set"]),
        ];

        foreach (CommandRun run in runs)
        {
            run.ShouldHaveEnded(1).Error.ShouldContain("damaged.onnx");
            run.Error.ShouldContain(expected);
            run.Output.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Most_images_of_the_validation_set_get_their_own_label()
    {
        (_, JsonElement json) = await CommandRun.WithJsonAsync("predict", samples.Model, Path.Combine(samples.Images, "val"), "--quiet");

        json.GetProperty("predictions").EnumerateArray().Average(p => FolderOf(p) == p.GetProperty("label").GetString() ? 1 : 0)
            .ShouldBeGreaterThan(0.6);
    }

    [Fact]
    public async Task The_csv_file_has_one_row_per_image_and_two_columns_per_label()
    {
        using var folder = new TemporaryFolder();
        string image = folder["one, two.jpg"];
        File.Copy(samples.Image("checks", 0), image);

        (await CommandRun.WithAsync("predict", samples.Model, image, "--top", "2", "--csv", folder["p.csv"], "--quiet")).ShouldHaveEnded(0);

        string[] lines = await File.ReadAllLinesAsync(folder["p.csv"]);
        lines.Length.ShouldBe(2);
        lines[0].ShouldBe("path,label,probability,label2,probability2,unknown");
        lines[1].ShouldStartWith("\"");
        lines[1].ShouldContain("one, two.jpg\",");
        lines[1].Split("\",")[1].Split(',').Length.ShouldBe(5);
    }

    [Fact]
    public async Task Asking_for_more_labels_than_the_model_has_gives_all_of_them()
    {
        (_, JsonElement json) = await CommandRun.WithJsonAsync("predict", samples.Model, samples.Image("dots", 0), "--top", "50");

        json.GetProperty("predictions")[0].GetProperty("top").GetArrayLength().ShouldBe(6);
    }

    [Fact]
    public async Task An_unreadable_image_among_others_is_named_and_left_out()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["broken.jpg"], "not an image");

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync(
            "predict", samples.Model, samples.Image("dots", 0), folder["broken.jpg"]);

        run.ShouldHaveEnded(0).Error.ShouldContain("broken.jpg");
        json.GetProperty("predictions").GetArrayLength().ShouldBe(1);
        json.GetProperty("skipped").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_single_unreadable_image_fails()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["broken.jpg"], "not an image");

        (await CommandRun.WithAsync("predict", samples.Model, folder["broken.jpg"]))
            .ShouldHaveFailedWith("broken.jpg", "none of the images can be read");
    }

    [Fact]
    public async Task A_missing_image_is_named_before_the_work() =>
        (await CommandRun.WithAsync("predict", samples.Model, "nowhere.jpg")).ShouldHaveFailedWith("nowhere.jpg", "does not exist");

    [Fact]
    public async Task A_missing_model_is_named() =>
        (await CommandRun.WithAsync("predict", "nowhere.onnx", samples.Image("dots", 0))).ShouldHaveFailedWith("nowhere.onnx");

    [Fact]
    public async Task A_network_that_is_not_a_transfer_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["other.onnx"], OnnxBytes.WithOperator("Relu", "activation"));

        (await CommandRun.WithAsync("predict", folder["other.onnx"], samples.Image("dots", 0))).ShouldHaveFailedWith("other.onnx");
    }

    [Fact]
    public async Task The_number_of_threads_does_not_change_the_predictions()
    {
        string images = Path.Combine(samples.Images, "val");

        CommandRun one = await CommandRun.WithAsync("predict", samples.Model, images, "--threads", "1");
        CommandRun three = await CommandRun.WithAsync("predict", samples.Model, images, "--threads", "3");

        three.Output.ShouldBe(one.Output);
    }

    [Fact]
    public async Task Canceling_ends_with_130_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        using var error = new CancelingWriter("Predicting", cancellation);

        CommandRun run = await CommandRun.WithAsync(
            error, cancellation.Token, "predict", samples.Model, samples.Images, "--csv", folder["p.csv"], "--threads", "1");

        run.ShouldHaveEnded(130);
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private static string? FolderOf(JsonElement prediction) =>
        Path.GetFileName(Path.GetDirectoryName(prediction.GetProperty("path").GetString()));
}
