using System.Diagnostics;
using System.Text.Json;

namespace TransferLearning.Benchmarks.Serving;

/// <summary>Posts photos on a fixed number of connections, each its next when the one before is answered.</summary>
internal sealed class LoadGenerator(Uri service, byte[][] photos, int connections) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = service };

    /// <summary>Posts until the time is up.</summary>
    public Task<LoadResult> RunAsync(TimeSpan time)
    {
        long begin = Stopwatch.GetTimestamp();
        return RunAsync(_ => Stopwatch.GetElapsedTime(begin) < time);
    }

    /// <summary>Posts a number of requests.</summary>
    public Task<LoadResult> RunAsync(int requests) => RunAsync(number => number < requests);

    /// <summary>Posts while a condition on the number of the request holds.</summary>
    public async Task<LoadResult> RunAsync(Func<int, bool> goesOn)
    {
        int next = -1, failed = 0;
        long begin = Stopwatch.GetTimestamp();
        double[][] latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            List<double> answered = [];
            for (int number = Interlocked.Increment(ref next); goesOn(number); number = Interlocked.Increment(ref next))
            {
                long start = Stopwatch.GetTimestamp();
                if (await IsAnsweredAsync(photos[number % photos.Length]))
                {
                    answered.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }
            }

            return answered.ToArray();
        })));
        return new LoadResult(Stopwatch.GetElapsedTime(begin).TotalSeconds, [.. latencies.SelectMany(l => l).Order()], failed);
    }

    /// <summary>The label that the service answers for a photo.</summary>
    public async Task<string> LabelAsync(byte[] photo)
    {
        using var content = new ByteArrayContent(photo);
        using HttpResponseMessage answer = await _client.PostAsync("predict", content);
        using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("label").GetString()!;
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> IsAnsweredAsync(byte[] photo)
    {
        try
        {
            using var content = new ByteArrayContent(photo);
            using HttpResponseMessage answer = await _client.PostAsync("predict", content);
            await answer.Content.ReadAsByteArrayAsync();
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
