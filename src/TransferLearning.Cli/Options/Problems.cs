using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Options;

/// <summary>Collects what is wrong with a command's options, so that the user hears all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<string> _messages = [];

    public void Add(string message) => _messages.Add(message);

    /// <summary>Runs a check, and keeps its complaint instead of throwing it.</summary>
    public T? Collect<T>(Func<T> check)
        where T : class
    {
        try
        {
            return check();
        }
        catch (Exception exception) when (Failure.IsExpected(exception))
        {
            _messages.Add(Failure.Describe(exception));
            return null;
        }
    }

    /// <summary>The file that an option names, checked; null where the option is not given.</summary>
    public OutputFile? CollectOutput(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } path ? Collect(() => OutputFile.At(path, option.Name)) : null;

    /// <exception cref="CommandException">There are problems; the message lists them.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0)
        {
            throw new CommandException(string.Join($"{Environment.NewLine}transfer: ", _messages));
        }
    }
}
