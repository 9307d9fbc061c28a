using System.CommandLine;
using System.CommandLine.Parsing;
using TransferLearning.Errors;

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
        foreach (string question in Questions(parsed, command))
        {
            error.WriteLine($"transfer: {question}");
        }

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

    /// <summary>"did you mean 'predict'?" for each mistake that is near to one verb or option.</summary>
    private static IEnumerable<string> Questions(ParseResult parsed, Command command)
    {
        string[] options = [.. command.Options.Where(o => !o.Hidden).SelectMany(o => o.Aliases.Prepend(o.Name))];
        string[] verbs = [.. command.Subcommands.Select(c => c.Name)];
        return parsed.UnmatchedTokens.Concat(UnknownOptions.Of(parsed)).Distinct()
            .Select(given => NearestName.Of(given.Split('=')[0], given.StartsWith('-') ? options : verbs))
            .OfType<string>()
            .Select(name => $"did you mean '{name}'?");
    }

    private static IEnumerable<string> OptionsOf(CommandResult result) =>
        result.Command.Options.Where(o => !o.Hidden).Select(o => o.Name).Order(StringComparer.Ordinal);

    private static string CommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{CommandPath(parent)} {result.Command.Name}" : "transfer";
}
