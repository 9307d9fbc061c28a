using System.Net;
using System.Net.Http.Headers;

namespace TransferLearning.Backbones.Catalog;

/// <summary>
/// Downloads the bytes of a file that are still missing, in as many attempts as it takes while each of them brings new bytes. Serves one
/// run.
/// </summary>
/// <param name="address">The address.</param>
/// <param name="bytes">The length of the whole file.</param>
/// <param name="part">The bytes so far.</param>
/// <param name="options">Patience, attempts and handler.</param>
/// <param name="report">Receives the number of bytes so far.</param>
internal sealed class HttpDownload(Uri address, long bytes, PartialFile part, CatalogOptions options, Action<long> report)
{
    private const int BufferSize = 1 << 16;
    private const int MaxDoublings = 4;

    /// <exception cref="TransferLearningException">The server cannot be reached, refuses, or has another file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(options.Handler ?? new SocketsHttpHandler(), disposeHandler: options.Handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("TransferLearning", null));
        int failures = 0;
        while (true)
        {
            long before = part.Length;
            try
            {
                await FetchRestAsync(client, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (HttpRequestException e)
            {
                failures = part.Length > before ? 1 : failures + 1;
                if (failures >= options.Attempts)
                {
                    throw new TransferLearningException(
                        $"'{address}' cannot be downloaded: {e.Message.TrimEnd('.')} ({failures} attempts without a new byte). Check the "
                        + $"network connection and the proxy (HTTPS_PROXY), or {CatalogSource.OtherSource}{Kept()}",
                        e);
                }
            }

            await Task.Delay(options.Pause * (1 << Math.Min(failures - 1, MaxDoublings)), cancellationToken).ConfigureAwait(false);
        }
    }

    private string Kept() => part.Length > 0
        ? FormattableString.Invariant($". The next fetch continues after the {part.Length / 1e6:0.0} MB that have arrived")
        : "";

    /// <summary>Requests the missing bytes. Where the server sends the whole file instead, the download starts again.</summary>
    /// <exception cref="HttpRequestException">Another attempt may succeed.</exception>
    private async Task FetchRestAsync(HttpClient client, CancellationToken cancellationToken)
    {
        long start = part.Length;
        if (start > bytes)
        {
            part.Delete();
            start = 0;
        }

        if (start == bytes)
        {
            return;
        }

        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(options.Patience);
        try
        {
            using HttpRequestMessage request = Request(start);
            using HttpResponseMessage response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token).ConfigureAwait(false);
            CheckStatus(response);
            bool continues = Continues(response, start);
            CheckLength(response, continues ? start : 0);
            part.Keep(address, response.Headers.ETag);
            await AppendAsync(response, continues ? start : 0, stalled).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"the server sent nothing for {options.Patience.TotalSeconds} seconds", e);
        }
    }

    private HttpRequestMessage Request(long start)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (start > 0)
        {
            request.Headers.Range = new RangeHeaderValue(start, null);
            request.Headers.IfRange = part.Tag(address) is { } tag ? new RangeConditionHeaderValue(tag) : null;
        }

        return request;
    }

    private void CheckStatus(HttpResponseMessage response)
    {
        string status = $"the server answered {(int)response.StatusCode} ({response.ReasonPhrase})";
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.PartialContent:
                return;
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Delete();
                throw new HttpRequestException($"{status}: its file is shorter than the part that was kept");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new HttpRequestException(status);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw new TransferLearningException($"'{address}' cannot be downloaded: {status}: {CatalogSource.OtherSource}");
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                throw new TransferLearningException(
                    $"'{address}' cannot be downloaded: {status}, and the redirection to '{response.Headers.Location}' is not followed: it "
                    + $"leads from https:// to http://, or to itself. Instead, {CatalogSource.OtherSource}");
            default:
                throw new TransferLearningException(
                    $"'{address}' cannot be downloaded: {status}. Check the address, or {CatalogSource.OtherSource}");
        }
    }

    /// <summary>Whether the server sends what follows the part that was kept.</summary>
    private bool Continues(HttpResponseMessage response, long start)
    {
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            return false;
        }

        if (response.Content.Headers.ContentRange?.From != start)
        {
            part.Delete();
            throw new HttpRequestException("the server sent another range than asked for");
        }

        return true;
    }

    private void CheckLength(HttpResponseMessage response, long start)
    {
        long? length = response.Content.Headers.ContentRange?.Length ?? (start + response.Content.Headers.ContentLength);
        if (length is not null && length != bytes)
        {
            throw WrongLength($"has {length} bytes");
        }
    }

    private async Task AppendAsync(HttpResponseMessage response, long start, CancellationTokenSource stalled)
    {
        await using FileStream file = part.Open(start);
        using Stream content = await response.Content.ReadAsStreamAsync(stalled.Token).ConfigureAwait(false);
        byte[] buffer = new byte[BufferSize];
        long arrived = start;
        int read;
        while ((read = await ReadAsync(content, buffer, stalled.Token).ConfigureAwait(false)) > 0)
        {
            stalled.CancelAfter(options.Patience);
            arrived += read;
            if (arrived > bytes)
            {
                throw WrongLength($"has more than {bytes} bytes");
            }

            await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None).ConfigureAwait(false);
            report(arrived);
        }

        if (arrived < bytes)
        {
            throw new HttpRequestException($"the connection ended after {arrived} of {bytes} bytes");
        }
    }

    // A broken connection is an IOException, as is a full disk, which no further attempt mends.
    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"the connection broke: {e.Message}", e);
        }
    }

    private TransferLearningException WrongLength(string what)
    {
        part.Delete();
        return new TransferLearningException(
            $"the file at '{address}' {what}; the catalog says {bytes}: the address has another file. Correct the catalog, or "
            + CatalogSource.OtherSource);
    }
}
