using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Errors;

namespace TransferLearning.Cli.Verbs.Usage;

/// <summary><c>help</c>: explains a verb, as <c>VERB --help</c> does.</summary>
/// <param name="verbs">The names of all verbs.</param>
/// <param name="run">Runs another command line.</param>
internal sealed class HelpVerb(IReadOnlyList<string> verbs, Func<string[], CancellationToken, Task<int>> run)
{
    public const string Name = "help";

    private readonly Argument<string[]> _verb = new("VERB")
    {
        Description = "The verb, such as fine-tune or backbones fetch. Default: all verbs.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Command CreateCommand()
    {
        var command = new Command(Name, "Explains a verb and its options.") { _verb };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(_verb) ?? [], cancellationToken));
        return command;
    }

    private Task<int> RunAsync(string[] verb, CancellationToken cancellationToken) =>
        verb is [var first, ..] && !verbs.Contains(first)
            ? throw new CommandException(
                $"there is no verb '{first}': expected {string.Join(", ", verbs)}{NearestName.Question(first, verbs)}")
            : run([.. verb, "--help"], cancellationToken);
}
