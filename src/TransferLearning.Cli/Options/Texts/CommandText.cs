using System.CommandLine;
using System.CommandLine.Parsing;
using TransferLearning.Verdicts.Commands;

namespace TransferLearning.Cli.Options.Texts;

/// <summary>A command line as text that can be typed.</summary>
internal static class CommandText
{
    /// <summary>Joins words. Those that a shell would change are quoted.</summary>
    public static string Of(IEnumerable<string> words) => ShellWords.Join(words);

    /// <summary>A command line once more.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="further">Options to add, unless they are given already.</param>
    public static string Again(ParseResult parsed, params IEnumerable<string> further)
    {
        string[] given = [.. parsed.Tokens.Select(t => t.Value)];
        return Of(["transfer", .. given, .. further.Except(given, StringComparer.Ordinal)]);
    }

    /// <summary>The words that give options as they were given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options; those that are absent give no words.</param>
    public static IEnumerable<string> Given(ParseResult parsed, IEnumerable<Option> options)
    {
        foreach (Option option in options)
        {
            if (parsed.GetResult(option) is not { Implicit: false } result)
            {
                continue;
            }

            if (result.Tokens.Count == 0)
            {
                yield return option.Name;
            }

            foreach (Token token in result.Tokens)
            {
                yield return option.Name;
                yield return token.Value;
            }
        }
    }
}
