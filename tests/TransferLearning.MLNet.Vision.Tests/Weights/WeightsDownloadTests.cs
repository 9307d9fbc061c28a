using System.Net;
using System.Security.Cryptography;
using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.MLNet.Vision.Weights;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests.Weights;

public sealed class WeightsDownloadTests : IDisposable
{
    private static readonly byte[] Content = GraphFile.Network(MLNetNetwork.MobileNetV2);
    private static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content));
    private readonly TemporaryFolder _folder = new();

    private string Stored => _folder.At("mobilenet_v2.meta");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_appears_with_its_hash_beside_it()
    {
        using var server = new MetaServer(Content);
        var reported = new List<MLNetDownloadProgress>();

        MLNetWeights weights = await DownloadAsync(server, progress: new Relay(reported.Add));

        (await File.ReadAllBytesAsync(weights.Path)).ShouldBe(Content);
        weights.Sha256.ShouldBe(Sha256);
        server.Requests.ShouldBe(["https://mirror.example/meta/mobilenet_v2.meta from 0"]);
        reported[^1].ShouldBe(new MLNetDownloadProgress(Content.Length, Content.Length));
        File.Exists(_folder.At("mobilenet_v2.meta.part")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_download_continues_after_the_connection_was_lost()
    {
        using var server = new MetaServer(Content) { BreaksAt = 20 };

        await DownloadAsync(server);

        server.Requests.Select(r => r.Split(' ')[^1]).ShouldBe(["0", "20"]);
        (await File.ReadAllBytesAsync(Stored)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_download_continues_that_of_an_earlier_process()
    {
        _folder.Write("mobilenet_v2.meta.part", Content[..10]);
        using var server = new MetaServer(Content);

        await DownloadAsync(server);

        server.Requests.ShouldHaveSingleItem().ShouldEndWith("from 10");
        (await File.ReadAllBytesAsync(Stored)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_download_starts_again_where_the_server_does_not_support_ranges()
    {
        _folder.Write("mobilenet_v2.meta.part", Content[..10]);
        using var server = new MetaServer(Content) { SupportsRanges = false };

        await DownloadAsync(server);

        (await File.ReadAllBytesAsync(Stored)).ShouldBe(Content);
    }

    [Fact]
    public async Task A_kept_part_longer_than_the_file_is_deleted()
    {
        _folder.Write("mobilenet_v2.meta.part", [.. Content, 1, 2, 3]);
        using var server = new MetaServer(Content);

        await DownloadAsync(server);

        (await File.ReadAllBytesAsync(Stored)).ShouldBe(Content);
    }

    [Fact]
    public async Task What_is_stored_is_not_downloaded_again()
    {
        using var server = new MetaServer(Content);
        await DownloadAsync(server);

        await DownloadAsync(server);

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_hash_is_refused_and_nothing_is_stored()
    {
        using var server = new MetaServer(Content);

        TransferLearningException refused = await Should.ThrowAsync<TransferLearningException>(
            () => DownloadAsync(server, sha256: new string('0', 64)));

        refused.Message.ShouldContain(Sha256);
        Directory.GetFiles(_folder.Path, "*.meta*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_network_or_a_web_page_is_refused()
    {
        using var other = new MetaServer(GraphFile.Network(MLNetNetwork.InceptionV3));
        using var page = new MetaServer("<html>Sign in to the network</html>"u8.ToArray());

        (await Should.ThrowAsync<TransferLearningException>(() => DownloadAsync(other))).Message
            .ShouldContain("InceptionV3, not MobileNetV2");
        (await Should.ThrowAsync<TransferLearningException>(() => DownloadAsync(page))).Message
            .ShouldContain("not a TensorFlow graph");
        File.Exists(Stored).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_fails_is_asked_again_and_then_named()
    {
        using var server = new MetaServer(Content) { Status = HttpStatusCode.BadGateway };

        TransferLearningException failed = await Should.ThrowAsync<TransferLearningException>(() => DownloadAsync(server));

        failed.Message.ShouldContain("mirror.example/meta/mobilenet_v2.meta' cannot be downloaded, in 3 attempts");
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_hangs_is_an_error()
    {
        using var server = new MetaServer(Content) { Hangs = true };

        await Should.ThrowAsync<TransferLearningException>(() => DownloadAsync(server));
    }

    [Fact]
    public async Task Canceling_keeps_the_bytes_so_far()
    {
        using var cancel = new CancellationTokenSource();
        using var server = new MetaServer(Content) { BreaksAt = 20 };

        await Should.ThrowAsync<OperationCanceledException>(
            () => DownloadAsync(server, progress: new Relay(_ => cancel.Cancel()), cancellationToken: cancel.Token));

        new FileInfo(_folder.At("mobilenet_v2.meta.part")).Length.ShouldBe(20);
    }

    [Fact]
    public async Task A_file_that_has_changed_since_the_download_is_refused()
    {
        using var server = new MetaServer(Content);
        MLNetWeights weights = await DownloadAsync(server);
        await File.WriteAllBytesAsync(weights.Path, GraphFile.Network(MLNetNetwork.MobileNetV2).Append((byte)0).ToArray());

        WeightsCheck.Problem(
            MLNetWeights.Stored(MLNetNetwork.MobileNetV2, _folder.Path), NetworkFile.Of(MLNetNetwork.MobileNetV2))
            .ShouldNotBeNull().ShouldContain("it is damaged or another file");
    }

    [Fact]
    public async Task All_invalid_options_are_reported_at_once()
    {
        var options = new MLNetDownloadOptions
        {
            Location = new Uri("ftp://example/meta"),
            Sha256 = "abc",
            Patience = TimeSpan.Zero,
            Attempts = 0,
        };

        (await Should.ThrowAsync<InvalidOptionsException>(() => MLNetWeights.DownloadAsync(MLNetNetwork.MobileNetV2, options)))
            .Problems.Count.ShouldBe(4);
    }

    private Task<MLNetWeights> DownloadAsync(
        MetaServer server,
        string? sha256 = null,
        IProgress<MLNetDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default) => MLNetWeights.DownloadAsync(
        MLNetNetwork.MobileNetV2,
        new MLNetDownloadOptions
        {
            Location = new Uri("https://mirror.example/meta/"),
            Directory = _folder.Path,
            Sha256 = sha256,
            Patience = TimeSpan.FromSeconds(server.Hangs ? 0.05 : 30),
            Attempts = 3,
            Handler = server,
        },
        progress,
        cancellationToken);

    private sealed class Relay(Action<MLNetDownloadProgress> report) : IProgress<MLNetDownloadProgress>
    {
        public void Report(MLNetDownloadProgress value) => report(value);
    }
}
