using System.Collections.Concurrent;
using System.Diagnostics;

namespace TransferLearning.Benchmarks.Serving;

/// <summary>A web service in a process of its own, on a free port of the loopback; disposing ends it.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ServiceProcess(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    /// <summary>The lines that the service has printed.</summary>
    public IEnumerable<string> Lines => _lines;

    /// <summary>The memory of the process in MiB: what it occupies, native and managed.</summary>
    public double WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Starts a service and waits until it listens.</summary>
    public static ServiceProcess Start(string assembly, params string[] arguments)
    {
        string[] settings = ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.AspNetCore", "Warning"];
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. settings, .. arguments]) { RedirectStandardOutput = true };
        var service = new ServiceProcess(Process.Start(start)!);
        service._process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                service._lines.Enqueue(text);
            }
        };
        service._process.BeginOutputReadLine();
        long begin = Stopwatch.GetTimestamp();
        while (service._lines.FirstOrDefault(l => l.Contains(Listening, StringComparison.Ordinal)) is not { } line)
        {
            if (service._process.HasExited || Stopwatch.GetElapsedTime(begin) > Patience)
            {
                service.Dispose();
                throw new InvalidOperationException($"'{assembly}' does not listen: {string.Join('\n', service._lines)}");
            }

            Thread.Sleep(20);
        }

        string address = service._lines.First(l => l.Contains(Listening, StringComparison.Ordinal));
        service.Address = new Uri(address[address.IndexOf("http", StringComparison.Ordinal)..].Trim());
        return service;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
