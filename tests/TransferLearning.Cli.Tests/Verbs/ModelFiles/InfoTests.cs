using System.Text.Json;
using TransferLearning.Backbones;

namespace TransferLearning.Cli.Tests.Verbs.ModelFiles;

[Collection(SampleSetTests.Name)]
public sealed class InfoTests(SampleSet samples)
{
    [Fact]
    public async Task A_model_is_described_by_the_facts_in_its_file()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("info", samples.Model);

        run.ShouldHaveEnded(0).Error.TrimEnd().ShouldBe($"Next: transfer export {samples.Model} --to DIR");
        run.Output.ShouldContain("Labels: 6: bark, checks, dots, rings, stripes, triangles");
        run.Output.ShouldContain("Strategy: fine-tuning");
        run.Output.ShouldContain("Training images: 72");
        run.Output.ShouldContain("stored as float32");
        json.GetProperty("labels").GetArrayLength().ShouldBe(6);
        json.GetProperty("bytes").GetInt64().ShouldBe(new FileInfo(samples.Model).Length);
        json.GetProperty("training").GetProperty("images").GetInt32().ShouldBe(72);
        json.GetProperty("training").GetProperty("epochs").GetInt32().ShouldBeGreaterThan(0);
        json.GetProperty("accuracyImages").GetInt32().ShouldBe(24);
        double accuracy = json.GetProperty("accuracy").GetDouble();
        accuracy.ShouldBeInRange(json.GetProperty("accuracyInterval").GetProperty("lower").GetDouble(), 1);
        json.GetProperty("weights").GetProperty("license").GetString().ShouldBe(Backbone.CompactLicense);
        json.GetProperty("backboneFingerprint").GetString().ShouldBe(Backbone.Compact.Fingerprint);
        json.GetProperty("libraryVersion").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_model_card_is_written_on_request()
    {
        using var folder = new TemporaryFolder();

        CommandRun run = await CommandRun.WithAsync("info", samples.Model, "--card", folder["card.md"], "--quiet");

        run.ShouldHaveEnded(0).Output.ShouldBeEmpty();
        string card = await File.ReadAllTextAsync(folder["card.md"]);
        card.ShouldStartWith("# Model card: model\n");
        card.ShouldContain("bark, checks, dots");
    }

    [Fact]
    public async Task A_network_that_is_no_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["other.onnx"], OnnxBytes.WithOperator("Relu", "activation"));

        (await CommandRun.WithAsync("info", folder["other.onnx"])).ShouldHaveFailedWith("other.onnx", "no model of this library");
    }
}
