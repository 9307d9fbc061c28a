using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Options;

/// <summary>Collects the problems of a command's options, so that all of them are reported at once.</summary>
internal sealed class Problems
{
    private readonly List<string> _messages = [];
    private readonly Dictionary<string, string> _outputs = [];

    public void Add(string message) => _messages.Add(message);

    /// <summary>Notes that an option is given where nothing reads it.</summary>
    /// <param name="option">The option's name.</param>
    /// <param name="reason">Where, after "has no use".</param>
    public void AddUseless(string option, string reason) => Add($"{option} has no use {reason}: leave it out");

    /// <summary>Runs a check; where it fails, notes the problem and returns null.</summary>
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
        parsed.GetValue(option) is { } path ? CollectOutput(path, option.Name) : null;

    /// <summary>A file to write, checked; two options must not name the same file.</summary>
    public OutputFile? CollectOutput(string path, string option)
    {
        OutputFile? file = Collect(() => OutputFile.At(path, option));
        if (file is not null && (!file.IsDevice || file.Path == OutputFile.StandardOutput) && !_outputs.TryAdd(file.FullPath, option))
        {
            _messages.Add($"{_outputs[file.FullPath]} and {option} both name '{path}': give each a different file");
        }

        return file;
    }

    /// <exception cref="CommandException">There are problems; the message lists them.</exception>
    public void ThrowIfAny()
    {
        if (_messages.Count > 0)
        {
            throw new CommandException(string.Join($"{Environment.NewLine}transfer: ", _messages));
        }
    }
}
