using System.Collections.Immutable;
using System.Globalization;
using TransferLearning.Evaluation;
using TransferLearning.Models;

namespace TransferLearning.Strategies;

/// <summary>The facts about how a model was made (<see cref="ModelOrigin.Facts"/>), as texts. Immutable.</summary>
internal sealed class ModelFacts
{
    private readonly ImmutableSortedDictionary<string, string> _facts;

    /// <param name="strategy">The name of the strategy.</param>
    /// <param name="trainImages">The number of labeled images that the model learned from.</param>
    public ModelFacts(string strategy, int trainImages)
        : this(Empty.Add("strategy", strategy).Add("trainImages", Text(trainImages)))
    {
    }

    private ModelFacts(ImmutableSortedDictionary<string, string> facts) => _facts = facts;

    private static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>These facts and one more.</summary>
    public ModelFacts Add(string name, string value) => new(_facts.Add(name, value));

    /// <summary>These facts and a number.</summary>
    public ModelFacts Add(string name, int value) => Add(name, Text(value));

    /// <summary>These facts and a number, to four decimals.</summary>
    public ModelFacts Add(string name, double value) => Add(name, Text(value));

    /// <summary>All facts of a model, by name.</summary>
    public IReadOnlyDictionary<string, string> Of(int seed, Calibration calibration) => _facts
        .Add("seed", Text(seed))
        .Add("temperature", Text(calibration.Temperature))
        .Add("calibrationErrorBefore", Text(calibration.ErrorBefore))
        .Add("calibrationErrorAfter", Text(calibration.ErrorAfter));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("F4", CultureInfo.InvariantCulture);
}
