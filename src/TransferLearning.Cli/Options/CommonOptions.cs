using System.CommandLine;
using TransferLearning.Bottlenecks;
using TransferLearning.Cli.History;
using TransferLearning.Inference;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Options;

/// <summary>The options that every verb over images takes.</summary>
/// <param name="validation">The verb's own option <c>--validation</c>; null for none.</param>
/// <param name="divides">Whether the verb divides data: it then has the option <c>--split-near-copies</c>.</param>
/// <param name="isRecorded">Whether the verb's runs are in the history: it then has the option <c>--no-history</c>.</param>
/// <param name="runsNetwork">Whether the verb runs a network: it then has the option <c>--engine</c>.</param>
internal sealed class CommonOptions(
    ValidationOption? validation = null, bool divides = false, bool isRecorded = false, bool runsNetwork = true)
{
    private readonly DataOptions _data = new(validation);

    private const string NoCacheName = "--no-cache";

    private readonly CacheOptions _cache = new();

    private readonly Option<bool> _noCache = new(NoCacheName) { Description = "Neither read nor write cached bottlenecks." };

    private readonly Option<bool> _noHistory = new("--no-history")
    {
        Description = "Do not add the run to the history that 'transfer runs' lists. --no-cache implies it.",
    };

    private readonly Option<int?> _seed = ValueOption.WholeNumber(
        "--seed", "Seed of all random choices: the same seed gives the same result. Default: 0.", minimum: 0);

    private readonly Option<int?> _threads = ValueOption.WholeNumber(
        "--threads", "Number of threads; the result does not depend on it. Default: one per processor.", minimum: 1, maximum: 1024);

    private readonly Option<bool> _splitNearCopies = new("--split-near-copies")
    {
        Description = "Let near-copies fall on both sides of a division. Default: pictures saved again, mirrored or cropped stay together.",
    };

    private readonly EngineOption _engine = new();
    private readonly OutputOptions _output = new();

    /// <summary>The verb's own option <c>--validation</c>; null for none.</summary>
    public ValidationOption? Validation => validation;

    /// <summary>The options that say what is printed and where the figures go.</summary>
    public IReadOnlyList<Option> Outputs => _output.All;

    /// <summary>The names of the options of the cache that are given.</summary>
    public IReadOnlyList<string> GivenOfCache(ParseResult parsed) => [.. _cache.Given(parsed)];

    /// <summary>Whether a command line, of a verb with these options, uses the cache.</summary>
    public static bool UsesCache(ParseResult parsed) => !parsed.GetValue<bool>(NoCacheName);

    public void AddTo(Command command)
    {
        _data.AddTo(command);
        _cache.AddTo(command);
        command.Add(_noCache);
        if (isRecorded)
        {
            command.Add(_noHistory);
        }

        if (divides)
        {
            command.Add(_splitNearCopies);
        }

        command.Add(_seed);
        command.Add(_threads);
        if (runsNetwork)
        {
            _engine.AddTo(command);
        }

        _output.AddTo(command);
    }

    public CommonSettings Read(ParseResult parsed, Problems problems)
    {
        bool noCache = parsed.GetValue(_noCache);
        foreach (string given in noCache ? _cache.Given(parsed) : [])
        {
            problems.Add($"{given} and {NoCacheName} contradict each other: give one of them");
        }

        BottleneckCache cache = _cache.Read(parsed, problems);
        return new CommonSettings
        {
            Cache = noCache ? null : cache,
            History = isRecorded && !noCache && !parsed.GetValue(_noHistory) ? new RunHistory(cache.Directory) : null,
            NearCopies = divides && parsed.GetValue(_splitNearCopies) ? NearCopyHandling.Ignore : NearCopyHandling.KeepTogether,
            GivenSeed = parsed.GetValue(_seed),
            Engine = runsNetwork ? _engine.Read(parsed, problems) : EmbeddedEngine.Instance,
            Threads = parsed.GetValue(_threads) ?? 0,
            IsQuiet = _output.IsQuiet(parsed),
            Data = new OpenedData(_data.Read(parsed, problems)),
            Json = _output.Json(parsed, problems),
        };
    }
}
