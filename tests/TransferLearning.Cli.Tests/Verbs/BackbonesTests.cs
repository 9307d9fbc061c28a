using System.Text.Json;
using TransferLearning.Tests.Backbones.Catalog;

namespace TransferLearning.Cli.Tests.Verbs;

public sealed class BackbonesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_shows_built_in_networks_and_those_of_the_catalog_with_license_and_accuracy()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("backbones", "list");

        string[] lines = run.ShouldHaveEnded(0).Output.ReplaceLineEndings("\n").Split('\n');
        lines[0].ShouldBe("Backbone\tMB\tInput\tTop-1\tLicense\tPresent");
        lines[1].ShouldBe("resnet18\t32.2\t224 x 224\t-\tMIT\tbuilt in");
        lines[2].ShouldBe("compact\t2.5\t128 x 128\t-\tMIT\tbuilt in");
        lines.ShouldContain(l => l.StartsWith("resnet50-v1-12\t102.6\t224 x 224\t0.750\tApache-2.0\t", StringComparison.Ordinal));
        json.GetProperty("backbones").EnumerateArray().Select(b => b.GetProperty("name").GetString()).ShouldContain("dinov2-small");
    }

    [Fact]
    public async Task A_fetched_network_is_a_backbone_of_every_verb_by_its_name()
    {
        using var server = new FileServer(UserCatalog.Network);
        Dictionary<string, string> environment = Environment(server);
        await SmallData.WriteAsync(_folder["images"]);
        string[] extract = ["extract", _folder["images"], "-o", _folder["features.npy"], "--no-cache", "--backbone", "toy"];

        CommandRun before = await RunAsync(environment, extract);
        CommandRun fetch = await RunAsync(environment, "backbones", "fetch", "toy", "--json", _folder["fetch.json"]);
        CommandRun after = await RunAsync(environment, extract);
        CommandRun list = await RunAsync(environment, "backbones", "list");

        before.ShouldHaveFailedWith("the network toy (2.5 MB, MIT) has not been fetched: run 'transfer backbones fetch toy'");
        fetch.ShouldHaveEnded(0).Output.ShouldContain($"Fetched from: {server.Address}toy.onnx");
        fetch.Error.ShouldContain($"Fetching toy 0/2 (MB from {server.Address}toy.onnx)");
        after.ShouldHaveEnded(0).Output.ShouldContain("Features per image: 384");
        list.Output.ShouldContain("toy\t2.5\t128 x 128\t-\tMIT\tyes");
        JsonElement json = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["fetch.json"])).RootElement;
        json.GetProperty("sha256").GetString().ShouldBe(UserCatalog.Sha256);
        json.GetProperty("wasPresent").GetBoolean().ShouldBeFalse();
        File.ReadAllBytes(json.GetProperty("path").GetString()!).ShouldBe(UserCatalog.Network);
    }

    [Fact]
    public async Task Two_processes_at_once_download_once()
    {
        using var server = new FileServer(UserCatalog.Network) { Pause = TimeSpan.FromMilliseconds(50) };
        Dictionary<string, string> environment = Environment(server);

        CommandRun[] runs = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => RunAsync(environment, "backbones", "fetch", "toy", "--quiet")));

        runs.ShouldAllBe(r => r.ExitCode == 0 && r.Output.Length == 0);
        server.Requests.ShouldBe(["/toy.onnx"]);
        File.ReadAllBytes(_folder["networks", "toy.onnx"]).ShouldBe(UserCatalog.Network);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_used()
    {
        using var proxy = new FileServer(UserCatalog.Network);
        Dictionary<string, string> environment = Environment(proxy);
        File.WriteAllText(_folder["catalog.json"], UserCatalog.Json(new Uri("http://models.invalid/")));
        environment["HTTP_PROXY"] = proxy.Address.AbsoluteUri;

        (await RunAsync(environment, "backbones", "fetch", "toy")).ShouldHaveEnded(0);

        proxy.Requests.ShouldBe(["http://models.invalid/toy.onnx"]);
    }

    [Fact]
    public async Task A_folder_serves_without_a_connection_and_a_wrong_file_in_it_is_refused()
    {
        using var server = new FileServer(UserCatalog.Network);
        Dictionary<string, string> environment = Environment(server);
        Directory.CreateDirectory(_folder["mirror"]);
        byte[] other = [.. UserCatalog.Network];
        other[^1] ^= 1;
        File.WriteAllBytes(_folder["mirror", "toy.onnx"], other);
        string[] fetch = ["backbones", "fetch", "toy", "--from", _folder["mirror"], "--catalog", environment["TRANSFER_CATALOG"]];
        environment.Remove("TRANSFER_CATALOG");

        CommandRun wrong = await RunAsync(environment, fetch);
        File.WriteAllBytes(_folder["mirror", "toy.onnx"], UserCatalog.Network);
        CommandRun right = await RunAsync(environment, fetch);

        wrong.ShouldHaveFailedWith($"the file from '{_folder["mirror", "toy.onnx"]}' was deleted");
        right.ShouldHaveEnded(0).Output.ShouldContain($"Fetched from: {_folder["mirror", "toy.onnx"]}");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_is_not_known_and_a_catalog_that_is_not_valid_are_explained()
    {
        File.WriteAllText(_folder["bad.json"], """{"backbones": [{"name": "mine"}]}""");

        (await CommandRun.WithAsync("backbones", "fetch", "resnet34")).ShouldHaveFailedWith("no network 'resnet34'", "resnet18-v1-7");
        (await CommandRun.WithAsync("backbones", "list", "--catalog", _folder["bad.json"])).ShouldHaveFailedWith(
            $"the catalog '{_folder["bad.json"]}': backbones[0].bytes is missing");
        (await CommandRun.WithAsync("backbones", "fetch")).ShouldHaveFailedWith("'transfer backbones fetch --help' explains them.");
    }

    private static async Task<CommandRun> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        await TransferProcess.FinishAsync(TransferProcess.Start(environment, arguments));

    private Dictionary<string, string> Environment(FileServer server)
    {
        File.WriteAllText(_folder["catalog.json"], UserCatalog.Json(server.Address));
        return new Dictionary<string, string>
        {
            ["TRANSFER_CATALOG"] = _folder["catalog.json"],
            ["TRANSFER_BACKBONES"] = _folder["networks"],
        };
    }
}
