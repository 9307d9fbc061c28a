using System.Net;
using System.Net.Http.Headers;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.MLNet.Networks;

namespace TransferLearning.MLNet.Weights;

/// <summary>
/// One download: bytes go to a file beside the final one, which keeps them between attempts and runs; a lock file keeps other processes
/// from the same. Serves one run.
/// </summary>
internal sealed class WeightsDownload(
    NetworkFile file, string path, MLNetDownloadOptions options, IProgress<MLNetDownloadProgress>? progress)
{
    private const int BufferSize = 1 << 16;
    private readonly string _part = path + ".part";
    private readonly Uri _source = new(options.Location, file.Name);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using IDisposable turn = FileLock.TryTake(path + ".lock", attempts: 1)
                ?? throw new TransferLearningException($"another process is downloading '{path}': wait for it to end");
            if (!File.Exists(path))
            {
                await FetchAsync(cancellationToken).ConfigureAwait(false);
                Accept();
            }
            else if (Problem(path) is { } problem)
            {
                throw new TransferLearningException(problem);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"'{path}' cannot be written: {e.Message}", e);
        }
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(options.Handler ?? new HttpClientHandler(), disposeHandler: options.Handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await FetchRestAsync(client, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsTransient(e))
            {
                if (attempt == options.Attempts)
                {
                    throw new TransferLearningException(
                        $"'{_source}' cannot be downloaded, in {attempt} attempts: {e.Message}; what has come is kept in '{_part}'", e);
                }
            }
        }
    }

    private static bool IsTransient(Exception e) => e is HttpRequestException or HttpIOException or OperationCanceledException;

    /// <summary>Asks for what is missing; a server that gives the whole file instead, or another one, starts it anew.</summary>
    private async Task FetchRestAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(options.Patience);
        long there = File.Exists(_part) ? new FileInfo(_part).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, _source);
        request.Headers.Range = there > 0 ? new RangeHeaderValue(there, null) : null;
        using HttpResponseMessage response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token).ConfigureAwait(false);
        bool isAllThere = response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && there > 0
            && response.Content.Headers.ContentRange?.Length == there;
        if (isAllThere)
        {
            return;
        }

        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // What is kept is longer than the file: the rest of some other one.
            File.Delete(_part);
            throw new HttpRequestException("the server has a shorter file than the part that was kept");
        }

        response.EnsureSuccessStatusCode();
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == there;
        long? length = response.Content.Headers.ContentLength;
        await AppendAsync(response, goesOn ? there : 0, length, stalled).ConfigureAwait(false);
    }

    private async Task AppendAsync(HttpResponseMessage response, long there, long? length, CancellationTokenSource stalled)
    {
        using Stream content = await response.Content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
        await using FileStream part = new(_part, there > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        byte[] buffer = new byte[BufferSize];
        long come = there;
        int read;
        while ((read = await content.ReadAsync(buffer, stalled.Token).ConfigureAwait(false)) > 0)
        {
            stalled.CancelAfter(options.Patience);
            await part.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
            come += read;
            progress?.Report(new MLNetDownloadProgress(come, there + length));
        }

        if (length is not null && come != there + length)
        {
            throw new HttpRequestException($"{come} of {there + length} bytes came");
        }
    }

    /// <summary>Gives the file its name once it is known to be the network.</summary>
    private void Accept()
    {
        if (Problem(_part) is { } problem)
        {
            File.Delete(_part);
            throw new TransferLearningException($"what came from '{_source}' was thrown away: {problem}");
        }

        FileHash.WriteBeside(path, FileHash.Of(_part));
        File.Move(_part, path);
    }

    private string? Problem(string content) =>
        WeightsCheck.Problem(MLNetWeights.FromFile(content, options.Sha256 ?? FileHash.ReadBeside(content)), file);
}
