using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Errors;

namespace TransferLearning.Cli.Verbs.Usage;

/// <summary><c>help</c>: explains a verb, as <c>VERB --help</c> does.</summary>
/// <param name="verbs">The names of all verbs.</param>
/// <param name="create">Creates the verb of a name.</param>
/// <param name="run">Runs another command line.</param>
internal sealed class HelpVerb(
    IReadOnlyList<string> verbs, Func<string, Command> create, Func<string[], CancellationToken, Task<int>> run)
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

    private Task<int> RunAsync(string[] verb, CancellationToken cancellationToken)
    {
        if (verb is [var first, .. var rest])
        {
            Require(first, first, verbs);
            Command command = create(first);
            foreach (string name in rest)
            {
                Require($"{command.Name} {name}", name, [.. command.Subcommands.Select(c => c.Name)]);
                command = command.Subcommands.First(c => c.Name == name);
            }
        }

        return run([.. verb, "--help"], cancellationToken);
    }

    private static void Require(string verb, string name, IReadOnlyList<string> expected)
    {
        if (!expected.Contains(name))
        {
            throw new CommandException(expected.Count == 0
                ? $"there is no verb '{verb}': '{verb[..^(name.Length + 1)]}' is one verb"
                : $"there is no verb '{verb}': expected {string.Join(", ", expected)}{NearestName.Question(name, expected)}");
        }
    }
}
