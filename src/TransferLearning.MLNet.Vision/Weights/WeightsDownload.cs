using System.Net;
using System.Net.Http.Headers;
using TransferLearning.Files;
using TransferLearning.MLNet.Vision.Networks;

namespace TransferLearning.MLNet.Vision.Weights;

/// <summary>
/// Downloads one file. The bytes go into a file beside the final one, which keeps them between attempts and processes; a lock file keeps
/// other processes from downloading the same. Serves one run.
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
            using IDisposable fileLock = FileLock.TryTake(path + ".lock", attempts: 1)
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
                        $"'{_source}' cannot be downloaded, in {attempt} attempts: {e.Message}; the next download continues '{_part}'", e);
                }
            }
        }
    }

    private static bool IsTransient(Exception e) => e is HttpRequestException or HttpIOException or OperationCanceledException;

    /// <summary>Requests the missing bytes. Where the server sends the whole file instead, the download starts again.</summary>
    private async Task FetchRestAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(options.Patience);
        long downloaded = File.Exists(_part) ? new FileInfo(_part).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, _source);
        request.Headers.Range = downloaded > 0 ? new RangeHeaderValue(downloaded, null) : null;
        using HttpResponseMessage response =
            await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token).ConfigureAwait(false);
        bool isComplete = response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && downloaded > 0
            && response.Content.Headers.ContentRange?.Length == downloaded;
        if (isComplete)
        {
            return;
        }

        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // The kept part is longer than the file, so it is a part of another file.
            File.Delete(_part);
            throw new HttpRequestException("the server's file is shorter than the part that was kept");
        }

        response.EnsureSuccessStatusCode();
        bool continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == downloaded;
        long? length = response.Content.Headers.ContentLength;
        await AppendAsync(response, continues ? downloaded : 0, length, stalled).ConfigureAwait(false);
    }

    private async Task AppendAsync(HttpResponseMessage response, long start, long? length, CancellationTokenSource stalled)
    {
        using Stream content = await response.Content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
        await using FileStream part = new(_part, start > 0 ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read);
        byte[] buffer = new byte[BufferSize];
        long downloaded = start;
        int read;
        while ((read = await content.ReadAsync(buffer, stalled.Token).ConfigureAwait(false)) > 0)
        {
            stalled.CancelAfter(options.Patience);
            await part.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
            downloaded += read;
            progress?.Report(new MLNetDownloadProgress(downloaded, start + length));
        }

        if (length is not null && downloaded != start + length)
        {
            throw new HttpRequestException($"only {downloaded} of {start + length} bytes arrived");
        }
    }

    /// <summary>Gives the file its final name once it is known to be the network.</summary>
    private void Accept()
    {
        if (Problem(_part) is { } problem)
        {
            File.Delete(_part);
            throw new TransferLearningException($"the file from '{_source}' was deleted: {problem}");
        }

        FileHash.WriteBeside(path, FileHash.Of(_part));
        File.Move(_part, path);
    }

    private string? Problem(string content) =>
        WeightsCheck.Problem(MLNetWeights.FromFile(content, options.Sha256 ?? FileHash.ReadBeside(content)), file);
}
