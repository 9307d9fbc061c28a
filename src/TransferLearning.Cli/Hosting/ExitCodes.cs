namespace TransferLearning.Cli.Hosting;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Bad input or options; one message says which.</summary>
    public const int BadInput = 1;

    /// <summary>The work is done, but the result misses a requirement such as <c>--require-accuracy</c>.</summary>
    public const int GateMissed = 2;

    /// <summary>Canceled, as shells report Ctrl-C (128 + SIGINT).</summary>
    public const int Canceled = 130;

    /// <summary>Canceled by SIGTERM, as shells report it (128 + SIGTERM): service managers and containers end a process so.</summary>
    public const int Terminated = 143;
}
