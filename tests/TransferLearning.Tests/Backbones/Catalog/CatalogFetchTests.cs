using System.Diagnostics;
using TransferLearning.Backbones;

namespace TransferLearning.Tests.Backbones.Catalog;

public sealed class CatalogFetchTests : IDisposable
{
    private const int Part = 1_000_000;

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.At("networks/toy.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_network_is_fetched_once_and_is_the_published_file()
    {
        using var server = new FileServer(UserCatalog.Network);
        BackboneCatalog catalog = Open(server);
        var progress = new Recorder();

        catalog.IsFetched("toy").ShouldBeFalse();
        string path = await catalog.FetchAsync("toy", progress);
        await catalog.FetchAsync("toy");

        path.ShouldBe(Target);
        catalog.IsFetched("toy").ShouldBeTrue();
        File.ReadAllBytes(path).ShouldBe(UserCatalog.Network);
        server.Requests.ShouldBe(["/toy.onnx"]);
        progress.Reports[0].ShouldBe(new CatalogProgress("toy", CatalogStage.Fetching, $"{server.Address}toy.onnx", 0, Length));
        progress.Reports[^1].ShouldBe(new CatalogProgress("toy", CatalogStage.Verifying, $"{server.Address}toy.onnx", Length, Length));
        FilesShouldBe("toy.onnx", "toy.onnx.lock");
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_continued_as_long_as_bytes_arrive()
    {
        // More breaks than attempts: each of them has brought new bytes.
        using var server = new FileServer(UserCatalog.Network) { Tag = "\"one\"", Breaks = new Queue<int>([Part, Part / 4, Part / 4]) };

        await Open(server, o => o with { Attempts = 2 }).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests.Count.ShouldBe(4);
        server.Requests[0].ShouldBe("/toy.onnx");
        server.Requests[1].ShouldBe($"/toy.onnx bytes={Part}- \"one\"");
        server.Requests[2].ShouldBe($"/toy.onnx bytes={Part + (Part / 4)}- \"one\"");
    }

    [Fact]
    public async Task A_fetch_that_fails_keeps_its_bytes_out_of_sight_for_the_next_one()
    {
        using var server = new FileServer(UserCatalog.Network) { Breaks = new Queue<int>([Part, 0, 0]) };
        BackboneCatalog catalog = Open(server, o => o with { Attempts = 1 });

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(() => catalog.FetchAsync("toy"));
        bool wasVisible = File.Exists(Target);
        server.Breaks.Clear();
        await Open(server).FetchAsync("toy");

        wasVisible.ShouldBeFalse();
        e.Message.ShouldContain($"'{server.Address}toy.onnx' cannot be downloaded");
        e.Message.ShouldContain("The next fetch continues after the 1.0 MB that have arrived");
        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests.ShouldBe(["/toy.onnx", $"/toy.onnx bytes={Part}-"]);
    }

    [Fact]
    public async Task A_canceled_fetch_keeps_its_bytes()
    {
        using var server = new FileServer(UserCatalog.Network) { SilentAfter = Part };
        using var cancel = new CancellationTokenSource();
        var progress = new Recorder(p =>
        {
            if (p.Bytes == Part)
            {
                cancel.Cancel();
            }
        });

        await Should.ThrowAsync<OperationCanceledException>(() => Open(server).FetchAsync("toy", progress, cancel.Token));

        File.Exists(Target).ShouldBeFalse();
        new FileInfo($"{Target}.part").Length.ShouldBe(Part);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_the_whole_file_again()
    {
        using var server = new FileServer(UserCatalog.Network) { SupportsRanges = false, Breaks = new Queue<int>([Part]) };

        await Open(server).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_has_changed_on_the_server_is_fetched_from_its_start()
    {
        using var server = new FileServer(UserCatalog.Network) { Tag = "\"old\"", Breaks = new Queue<int>([Part]) };
        await Should.ThrowAsync<TransferLearningException>(() => Open(server, o => o with { Attempts = 1 }).FetchAsync("toy"));
        byte[] part = File.ReadAllBytes($"{Target}.part");
        part[0] ^= 0xFF;
        File.WriteAllBytes($"{Target}.part", part);
        server.Tag = "\"new\"";

        await Open(server).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests[^1].ShouldBe($"/toy.onnx bytes={Part}- \"old\"");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_kept_part_that_is_damaged_costs_one_more_download()
    {
        using var server = new FileServer(UserCatalog.Network);
        _folder.Write("networks/toy.onnx.part", new byte[Part]);

        await Open(server).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests.ShouldBe([$"/toy.onnx bytes={Part}-", "/toy.onnx"]);
    }

    [Fact]
    public async Task A_kept_part_that_is_longer_than_the_file_is_dropped()
    {
        using var server = new FileServer(UserCatalog.Network);
        _folder.Write("networks/toy.onnx.part", new byte[UserCatalog.Network.Length + 1]);

        await Open(server).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
    }

    [Fact]
    public async Task A_file_with_another_hash_never_gets_the_name()
    {
        byte[] other = [.. UserCatalog.Network];
        other[Part] ^= 1;
        using var server = new FileServer(other);

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(() => Open(server).FetchAsync("toy"));

        e.Message.ShouldContain($"the file from '{server.Address}toy.onnx' was deleted: its SHA-256 is ");
        e.Message.ShouldContain(UserCatalog.Sha256);
        FilesShouldBe("toy.onnx.lock");
    }

    [Theory]
    [InlineData(true, -1, "has 2")]
    [InlineData(true, 1, "has 2")]
    [InlineData(false, 1, "has more than")]
    public async Task A_file_of_another_length_is_refused(bool statesLength, int difference, string message)
    {
        using var server = new FileServer([.. UserCatalog.Network, .. new byte[2]]) { StatesLength = statesLength };
        BackboneCatalog catalog = Open(server, bytes: UserCatalog.Network.Length + difference);

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(() => catalog.FetchAsync("toy"));

        e.Message.ShouldContain(message);
        e.Message.ShouldContain("the address has another file");
        FilesShouldBe("toy.onnx.lock");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirection_is_followed()
    {
        using var server = new FileServer(UserCatalog.Network) { RedirectsTo = "/files/42" };

        await Open(server).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests.ShouldBe(["/toy.onnx", "/files/42"]);
    }

    [Fact]
    public async Task A_slow_server_is_waited_for_as_long_as_bytes_arrive()
    {
        using var server = new FileServer(UserCatalog.Network) { Pause = TimeSpan.FromMilliseconds(75) };
        var watch = Stopwatch.StartNew();

        await Open(server, o => o with { Patience = TimeSpan.FromSeconds(2), Attempts = 1 }).FetchAsync("toy");

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Part)]
    public async Task A_silent_server_is_given_up(int silentAfter)
    {
        using var server = new FileServer(UserCatalog.Network) { SilentAfter = silentAfter };

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(
            () => Open(server, o => o with { Patience = TimeSpan.FromSeconds(0.3), Attempts = 2 }).FetchAsync("toy"));

        e.Message.ShouldContain("the server sent nothing for 0.3 seconds");
        File.Exists(Target).ShouldBeFalse();
    }

    [Theory]
    [InlineData("404 Not Found", 1)]
    [InlineData("401 Unauthorized", 1)]
    [InlineData("503 Service Unavailable", 3)]
    public async Task A_server_that_refuses_is_asked_again_where_that_may_help(string status, int requests)
    {
        using var server = new FileServer(UserCatalog.Network) { Status = status };

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(
            () => Open(server, o => o with { Attempts = 3 }).FetchAsync("toy"));

        e.Message.ShouldContain($"the server answered {status[..3]}");
        e.Message.ShouldContain("a mirror");
        server.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Without_a_connection_the_message_says_how_to_do_without()
    {
        var server = new FileServer(UserCatalog.Network);
        BackboneCatalog catalog = Open(server, o => o with { Attempts = 2 });
        server.Dispose();

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(() => catalog.FetchAsync("toy"));

        e.Message.ShouldContain("Check the network connection and the proxy (HTTPS_PROXY), or ");
        e.Message.ShouldContain("fetch it from a mirror or folder that has the file, with --from (CatalogOptions.From in code)");
        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public async Task A_disk_without_space_is_found_before_anything_is_requested()
    {
        using var server = new FileServer(UserCatalog.Network);

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(
            () => Open(server, o => o with { FreeSpace = _ => 2_000_000 }).FetchAsync("toy"));

        e.Message.ShouldContain($"in '{_folder.At("networks")}', where 2.0 MB are free");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_fetches_at_once_download_once()
    {
        using var server = new FileServer(UserCatalog.Network) { Pause = TimeSpan.FromMilliseconds(10) };
        var progress = new Recorder();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Open(server).FetchAsync("toy", progress))));

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests.ShouldBe(["/toy.onnx"]);
        progress.Reports.ShouldContain(p => p.Stage == CatalogStage.Waiting);
    }

    [Fact]
    public async Task A_folder_serves_as_mirror_without_a_connection()
    {
        using var server = new FileServer(UserCatalog.Network);
        _folder.Write("mirror/toy.onnx", UserCatalog.Network);

        await Open(server, o => o with { From = _folder.At("mirror") }).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
        server.Requests.ShouldBeEmpty();
        FilesShouldBe("toy.onnx", "toy.onnx.lock");
    }

    [Fact]
    public async Task An_address_serves_as_mirror()
    {
        using var server = new FileServer(UserCatalog.Network);
        using var published = new FileServer([]);

        await Open(published, o => o with { From = $"{server.Address}mirror" }).FetchAsync("toy");

        server.Requests.ShouldBe(["/mirror/toy.onnx"]);
        published.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, "does not exist: put the network there")]
    [InlineData(1000, "has 1000 bytes; the catalog says 2")]
    public async Task A_folder_without_the_right_file_is_refused(int bytes, string message)
    {
        using var server = new FileServer(UserCatalog.Network);
        Directory.CreateDirectory(_folder.At("mirror"));
        if (bytes > 0)
        {
            _folder.Write("mirror/toy.onnx", new byte[bytes]);
        }

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(
            () => Open(server, o => o with { From = _folder.At("mirror") }).FetchAsync("toy"));

        e.Message.ShouldContain($"the file '{_folder.At("mirror/toy.onnx")}' {message}");
        File.Exists(Target).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ftp://models.example")]
    [InlineData("no-such-folder")]
    public async Task A_mirror_that_is_neither_folder_nor_address_is_refused(string mirror)
    {
        using var server = new FileServer(UserCatalog.Network);

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(
            () => Open(server, o => o with { From = mirror }).FetchAsync("toy"));

        e.Message.ShouldContain($"the mirror '{mirror}' is not");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        using var server = new FileServer(UserCatalog.Network);
        string file = _folder.Write("file");

        TransferLearningException e = await Should.ThrowAsync<TransferLearningException>(
            () => Open(server, o => o with { Folder = Path.Combine(file, "networks") }).FetchAsync("toy"));

        e.Message.ShouldContain($"'toy' cannot be written into '{Path.Combine(file, "networks")}'");
        e.Message.ShouldContain("TRANSFER_BACKBONES");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_file_is_replaced_by_the_next_fetch()
    {
        using var server = new FileServer(UserCatalog.Network);
        _folder.Write("networks/toy.onnx", new byte[UserCatalog.Network.Length]);

        await Open(server).FetchAsync("toy");

        File.ReadAllBytes(Target).ShouldBe(UserCatalog.Network);
    }

    private static long Length => UserCatalog.Network.Length;

    private BackboneCatalog Open(FileServer server, Func<CatalogOptions, CatalogOptions>? change = null, long? bytes = null)
    {
        string file = _folder.At($"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, UserCatalog.Json(server.Address, bytes));
        var options = new CatalogOptions
        {
            Folder = _folder.At("networks"),
            CatalogFile = file,
            Pause = TimeSpan.FromMilliseconds(1),
        };
        return BackboneCatalog.Open(change is null ? options : change(options));
    }

    private void FilesShouldBe(params string[] names) =>
        Directory.GetFiles(_folder.At("networks")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(names);

    private sealed class Recorder(Action<CatalogProgress>? then = null) : IProgress<CatalogProgress>
    {
        public List<CatalogProgress> Reports { get; } = [];

        public void Report(CatalogProgress value)
        {
            lock (Reports)
            {
                Reports.Add(value);
            }

            then?.Invoke(value);
        }
    }
}
