using System.CommandLine;
using System.CommandLine.Parsing;

namespace TransferLearning.Cli;

/// <summary>
/// Finds options that a verb does not have: the parser takes them as paths where a verb accepts any number of these, such as
/// <c>predict</c>. A file whose name starts with a dash can be given as <c>./-name</c>, or after <c>--</c>.
/// </summary>
internal static class UnknownOptions
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        Token? end = parsed.Tokens.FirstOrDefault(t => t.Type == TokenType.DoubleDash);
        return parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(a => a.Tokens)
            .Select(t => t.Value)
            .Where(v => end is null && v is ['-', _, ..] && !Path.Exists(v))
            .Distinct();
    }
}
