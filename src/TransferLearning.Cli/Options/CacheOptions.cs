using System.CommandLine;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Options;

/// <summary><c>--cache</c> and <c>--cache-size</c>: the folder of the bottleneck cache and its largest size.</summary>
internal sealed class CacheOptions
{
    public const string DirectoryName = "--cache";

    private readonly Option<string?> _directory = ValueOption.Text(
        DirectoryName, "The folder of the bottleneck cache. Default: the platform's user cache folder.", "DIR");

    private readonly Option<long?> _size = ValueOption.Size(
        OptionNames.CacheSize,
        "The largest size of the bottleneck cache, such as 500MB or 2GiB; what was not used for longest is removed. Default: no limit.");

    public void AddTo(Command command)
    {
        AddDirectoryTo(command);
        AddSizeTo(command);
    }

    /// <summary>Adds the folder only, for a verb that neither stores nor removes anything.</summary>
    public void AddDirectoryTo(Command command) => command.Add(_directory);

    /// <summary>Adds the size, for a verb that removes what exceeds it.</summary>
    public void AddSizeTo(Command command) => command.Add(_size);

    /// <summary>The names of the options that are given.</summary>
    public IEnumerable<string> Given(ParseResult parsed) =>
        new Option[] { _directory, _size }.Where(o => parsed.GetResult(o) is not null).Select(o => o.Name);

    /// <summary>The cache; what is wrong with its folder is noted.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="argument">The folder where the verb takes it as an argument; null where it does not, or none is given.</param>
    public BottleneckCache Read(ParseResult parsed, Problems problems, string? argument = null)
    {
        string? directory = parsed.GetValue(_directory) ?? argument;
        if (argument is not null && directory != argument)
        {
            problems.Add($"{DirectoryName} '{directory}' and the folder '{argument}' contradict each other: give one of them");
        }

        if (directory is not null && string.IsNullOrWhiteSpace(directory))
        {
            problems.Add($"{DirectoryName} expects the path of a folder, not an empty text");
        }
        else if (directory is not null && File.Exists(directory))
        {
            problems.Add($"{DirectoryName} '{directory}' is a file: give the path of a folder");
        }

        return new BottleneckCache(
            string.IsNullOrWhiteSpace(directory) ? BottleneckCache.DefaultDirectory : directory,
            new BottleneckCacheOptions { MaxBytes = parsed.GetValue(_size) });
    }
}
