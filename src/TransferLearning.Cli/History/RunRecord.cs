namespace TransferLearning.Cli.History;

/// <summary>One run of a verb that trains or evaluates, as the history keeps it. A figure is null where the run has none.</summary>
internal sealed record RunRecord
{
    /// <summary>When the run ended.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Verb { get; init; }

    /// <summary>The command line, as it can be typed again.</summary>
    public required string Command { get; init; }

    /// <summary>The folder in which the command ran.</summary>
    public required string Directory { get; init; }

    /// <summary>The full paths of the data sets, the first of which is DATA.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    public string? Backbone { get; init; }

    public string? Strategy { get; init; }

    /// <summary>0..1.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The lower end of the 95 % interval of the accuracy.</summary>
    public double? AccuracyLower { get; init; }

    /// <summary>The upper end.</summary>
    public double? AccuracyUpper { get; init; }

    /// <summary>The number of images that the accuracy was measured on.</summary>
    public int? Images { get; init; }

    /// <summary>The full path of the model that was written or evaluated.</summary>
    public string? Model { get; init; }

    /// <summary>How long the run took.</summary>
    public required double Seconds { get; init; }

    public bool Canceled { get; init; }

    /// <summary>The version of the command.</summary>
    public required string Version { get; init; }
}
