using System.Runtime.InteropServices;

namespace TransferLearning.Cli.Hosting;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancellation, so that the best model so far can be saved; the second ends the process at
/// once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private volatile bool _isTerminated;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of the process, by the signal that canceled it.</summary>
    /// <param name="code">The exit code of the command.</param>
    public int ExitCode(int code) => code == ExitCodes.Canceled && _isTerminated ? ExitCodes.Terminated : code;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !_source.IsCancellationRequested;
        _isTerminated |= context.Cancel && context.Signal == PosixSignal.SIGTERM;
        _source.Cancel();
    }
}
