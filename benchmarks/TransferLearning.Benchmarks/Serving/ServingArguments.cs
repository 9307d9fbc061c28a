namespace TransferLearning.Benchmarks.Serving;

/// <summary>The arguments of <c>measure-serving</c>.</summary>
internal sealed record ServingArguments
{
    public const string Usage =
        "usage: measure-serving [--seconds 30] [--rounds 3] [--connections 8] [--replacements 50] [--requests 1000] [--report FILE]";

    /// <summary>The length of each run, in seconds.</summary>
    public int Seconds { get; private init; } = 30;

    /// <summary>The number of runs of each service.</summary>
    public int Rounds { get; private init; } = 3;

    /// <summary>The number of requests at a time.</summary>
    public int Connections { get; private init; } = 8;

    /// <summary>How often the model file is replaced.</summary>
    public int Replacements { get; private init; } = 50;

    /// <summary>The requests after which memory is looked at first; the second time is after ten times as many.</summary>
    public int Requests { get; private init; } = 1000;

    /// <summary>The report that is written; null for none.</summary>
    public string? Report { get; private init; }

    /// <returns>Null where an argument is unknown or has no value.</returns>
    public static ServingArguments? Parse(string[] arguments)
    {
        var parsed = new ServingArguments();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            bool isNumber = int.TryParse(value, out int number) && number > 0;
            ServingArguments? next = arguments[i] switch
            {
                "--seconds" when isNumber => parsed with { Seconds = number },
                "--rounds" when isNumber => parsed with { Rounds = number },
                "--connections" when isNumber => parsed with { Connections = number },
                "--replacements" when isNumber => parsed with { Replacements = number },
                "--requests" when isNumber => parsed with { Requests = number },
                "--report" when value.Length > 0 => parsed with { Report = value },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            parsed = next;
        }

        return parsed;
    }
}
