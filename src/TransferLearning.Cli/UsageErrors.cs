using System.CommandLine;
using System.CommandLine.Parsing;

namespace TransferLearning.Cli;

/// <summary>Prints all mistakes of a command line at once, with the valid verbs or options.</summary>
internal static class UsageErrors
{
    public static void Write(ParseResult parsed, TextWriter error)
    {
        foreach (string message in parsed.Errors.Select(e => e.Message)
            .Concat(UnknownOptions.Of(parsed).Select(o => $"Unrecognized option '{o}'.")).Distinct())
        {
            error.WriteLine($"transfer: {message}");
        }

        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            error.WriteLine($"Verbs: {string.Join(", ", command.Subcommands.Select(c => c.Name))}.");
        }
        else
        {
            error.WriteLine($"Options of '{command.Name}': {string.Join(", ", OptionsOf(parsed.CommandResult))}.");
        }

        error.WriteLine($"'{CommandPath(parsed.CommandResult)} --help' explains them.");
    }

    private static IEnumerable<string> OptionsOf(CommandResult result) =>
        result.Command.Options.Where(o => !o.Hidden).Select(o => o.Name).Order(StringComparer.Ordinal);

    private static string CommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}" : "transfer";
}
