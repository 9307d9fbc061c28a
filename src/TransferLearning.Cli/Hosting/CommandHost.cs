namespace TransferLearning.Cli.Hosting;

/// <summary>What a command touches outside its arguments: where results and messages go, and the clock.</summary>
internal sealed record CommandHost
{
    /// <summary>Results: tables and figures.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress, warnings and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal on which a progress bar can move.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Columns for tables and help.</summary>
    public int Width { get; init; } = 120;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static CommandHost ForProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        IsTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? 120 : Math.Max(60, Console.WindowWidth),
    };
}
