using System.Diagnostics;
using System.Threading.Channels;

namespace TransferLearning.Samples.Tests;

/// <summary>A program that runs in a process of its own; disposing ends it.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private readonly Task<string> _error;

    private ProgramProcess(Process process)
    {
        _process = process;
        _reading = ReadOutputAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a program of .NET in a folder, where it also finds its user's settings and caches.</summary>
    public static ProgramProcess Start(string assembly, string folder, params string[] arguments)
    {
        File.Exists(assembly).ShouldBeTrue($"'{assembly}' is not built");
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = folder;
        start.Environment["XDG_CACHE_HOME"] = folder;
        return new ProgramProcess(Process.Start(start)!);
    }

    /// <summary>The next line of the output that contains a text.</summary>
    public async Task<string> LineWithAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (string line in _output.Reader.ReadAllAsync(patience.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"the program ended without printing '{text}': {await _error}");
    }

    /// <summary>Waits for the program's end.</summary>
    public async Task<FinishedProgram> FinishAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        var lines = new List<string>();
        while (_output.Reader.TryRead(out string? line))
        {
            lines.Add(line);
        }

        return new FinishedProgram(_process.ExitCode, lines, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.Writer.TryWrite(line);
        }

        _output.Writer.Complete();
    }
}
