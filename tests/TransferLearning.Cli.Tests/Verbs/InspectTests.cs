using System.Text.Json;
using TransferLearning.Tests.Backbones.Catalog;

namespace TransferLearning.Cli.Tests.Verbs;

public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_network_is_shown_with_its_inputs_features_and_cost()
    {
        File.WriteAllBytes(_folder["net.onnx"], UserCatalog.Network);
        await SmallData.WriteAsync(_folder["images"]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("backbones", "inspect", _folder["net.onnx"], _folder["images"]);

        run.ShouldHaveEnded(0);
        run.Output.ShouldContain("Input: input Float32[?,3,128,128], NCHW");
        run.Output.ShouldContain("Features: features, 384 per image");
        run.Output.ShouldContain("Candidate, used: features [1,384], vector");
        run.Output.ShouldContain("Multiply-adds: 166.6 million per image");
        run.Output.ShouldContain("ms per image of the data, on one thread");
        run.Output.ShouldContain("Measured: ");
        JsonElement best = json.GetProperty("normalizations")[0];
        best.GetProperty("channels").GetString().ShouldBeOneOf("Rgb", "Bgr");
        best.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Number, "the labels of the data are used");
        JsonElement cost = json.GetProperty("cost");
        cost.GetProperty("weightBytes").GetInt64().ShouldBeInRange(4_500_000, 5_000_000);
        cost.GetProperty("millisecondsOneThread").GetDouble().ShouldBeGreaterThan(0);
        cost.GetProperty("bytesPerThread").GetInt64().ShouldBeGreaterThan(128 * 128 * 3 * sizeof(float));
        json.GetProperty("preprocessing").GetProperty("source").GetString().ShouldBe("Assumed");
        json.GetProperty("problem").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_file_that_the_catalog_knows_has_its_preprocessing_whatever_its_name()
    {
        File.WriteAllBytes(_folder["mine.onnx"], UserCatalog.Network);
        File.WriteAllText(_folder["catalog.json"], UserCatalog.Json(new Uri("https://models.example/")));
        var environment = new Dictionary<string, string> { ["TRANSFER_CATALOG"] = _folder["catalog.json"] };

        CommandRun known = await RunAsync(environment, "backbones", "inspect", _folder["mine.onnx"]);
        CommandRun given = await RunAsync(environment, "backbones", "inspect", _folder["mine.onnx"], "--resize", "pad");
        CommandRun unknown = await RunAsync([], "backbones", "inspect", _folder["mine.onnx"]);

        known.ShouldHaveEnded(0).Output.ShouldContain("Because: the catalog's entry 'toy', by the SHA-256 of the file");
        known.Output.ShouldContain("Size: 128 x 128, center crop, bilinear");
        given.Output.ShouldContain("Size: 128 x 128, pad, bilinear");
        unknown.Output.ShouldContain("Size: 128 x 128, stretch, bilinear");
    }

    [Fact]
    public async Task All_operators_that_are_missing_are_named_with_their_nodes()
    {
        File.WriteAllBytes(_folder["net.onnx"], OnnxBytes.WithOperators(("Wobble", "first"), ("Relu", "second"), ("Bounce", "third")));

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("backbones", "inspect", _folder["net.onnx"]);

        run.ShouldHaveEnded(1).Output.ShouldContain("Not supported: Wobble in the node 'first'");
        run.Output.ShouldContain("Not supported: Bounce in the node 'third'");
        run.Error.ShouldContain("the backbone 'net': the embedded engine cannot run it: the node 'first' uses the operator Wobble");
        json.GetProperty("unsupported").EnumerateArray().Select(n => n.GetProperty("node").GetString()).ShouldBe(["first", "third"]);
        json.GetProperty("cost").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Operators_without_a_kernel_that_take_much_of_the_time_are_named_with_their_share()
    {
        File.WriteAllBytes(
            _folder["net.onnx"],
            OnnxBytes.WithOperators(("Asin", "first"), ("Asin", "second"), ("GlobalAveragePool", "pool"), ("Flatten", "flat")));

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("backbones", "inspect", _folder["net.onnx"]);

        run.ShouldHaveEnded(0).Output.ShouldContain("Without kernel: Asin in 2 nodes such as 'first', about 9");
        JsonElement slow = json.GetProperty("withoutKernel").EnumerateArray().ShouldHaveSingleItem();
        slow.GetProperty("operator").GetString().ShouldBe("Asin");
        slow.GetProperty("nodes").GetInt32().ShouldBe(2);
        slow.GetProperty("share").GetDouble().ShouldBeInRange(0.9, 1);
    }

    [Fact]
    public async Task A_built_in_network_is_inspected_by_its_name()
    {
        CommandRun run = await CommandRun.WithAsync("backbones", "inspect", "compact");

        run.ShouldHaveEnded(0).Output.ShouldContain("Features: features, 384 per image");
        run.Output.ShouldNotContain("Without kernel");
    }

    [Fact]
    public async Task A_file_that_is_no_network_is_refused()
    {
        File.WriteAllText(_folder["net.onnx"], "text");

        (await CommandRun.WithAsync("backbones", "inspect", _folder["net.onnx"])).ShouldHaveFailedWith(_folder["net.onnx"]);
        (await CommandRun.WithAsync("backbones", "inspect", _folder["none.onnx"])).ShouldHaveFailedWith("does not exist");
        (await CommandRun.WithAsync("backbones", "inspect", "compact", "--resize", "pad")).ShouldHaveFailedWith("--resize has no use");
    }

    private static async Task<CommandRun> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        await TransferProcess.FinishAsync(TransferProcess.Start(environment, arguments));
}
