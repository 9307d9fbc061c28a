using Spectre.Console;

namespace TransferLearning.Cli.Hosting;

/// <summary>A command's surroundings: where results and messages go, and the clock.</summary>
internal sealed record CommandHost
{
    /// <summary>Results: tables and figures.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress, warnings and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether results go to a terminal; other programs read plain lines more easily than tables.</summary>
    public required bool OutputIsTerminal { get; init; }

    /// <summary>Whether progress goes to a terminal, on which a bar can move.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>Whether the standard output is for the content of a file (<c>-</c>), so that all else goes to the standard error.</summary>
    public bool OutputIsForProgram { get; init; }

    /// <summary>Reads a variable of the environment; null where it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static CommandHost ForProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };

    /// <summary>A console for tables and bars on one of the writers.</summary>
    public static IAnsiConsole CreateConsole(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
}
