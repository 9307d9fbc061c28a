using System.Collections.Immutable;
using System.Globalization;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;
using TransferLearning.Models.TrainingImages;

namespace TransferLearning.Strategies;

/// <summary>
/// The facts about how a model was made (<see cref="ModelOrigin.Facts"/>), as texts, and the images that it was trained on. Immutable.
/// </summary>
internal sealed class ModelFacts
{
    private readonly ImmutableSortedDictionary<string, string> _facts;
    private readonly ImageDataset? _trainedOn;
    private readonly TrainingHashes? _trainedBefore;

    /// <param name="strategy">The name of the strategy.</param>
    /// <param name="trainImages">The number of labeled images that the model learned from.</param>
    public ModelFacts(string strategy, int trainImages)
        : this(Empty.Add(FactNames.Strategy, strategy).Add(FactNames.TrainImages, Text(trainImages)))
    {
    }

    private ModelFacts(
        ImmutableSortedDictionary<string, string> facts, ImageDataset? trainedOn = null, TrainingHashes? trainedBefore = null) =>
        (_facts, _trainedOn, _trainedBefore) = (facts, trainedOn, trainedBefore);

    private static ImmutableSortedDictionary<string, string> Empty { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>These facts and one more.</summary>
    public ModelFacts Add(string name, string value) => new(_facts.Add(name, value), _trainedOn, _trainedBefore);

    /// <summary>These facts and a number.</summary>
    public ModelFacts Add(string name, int value) => Add(name, Text(value));

    /// <summary>These facts and a number, to four decimals.</summary>
    public ModelFacts Add(string name, double value) => Add(name, Text(value));

    /// <summary>These facts and one more, unless there is one of that name already.</summary>
    public ModelFacts AddMissing(string name, string value) => _facts.ContainsKey(name) ? this : Add(name, value);

    /// <summary>These facts, and how the head was trained: epochs, the one that was kept, and the penalty.</summary>
    public ModelFacts Add(RetrainedHead training)
    {
        ModelFacts facts = Add(FactNames.Epochs, training.History.Count).Add(FactNames.BestEpoch, training.BestEpoch);
        return training.L2 is { } l2 ? facts.Add(FactNames.L2, l2.ToString("g4", CultureInfo.InvariantCulture)) : facts;
    }

    /// <summary>These facts, of a model that was trained on images.</summary>
    /// <param name="images">All images that its weights were learned from.</param>
    /// <param name="before">Those of the model that it continues; null where it continues none, or one that keeps no hashes.</param>
    public ModelFacts TrainedOn(ImageDataset images, TrainingHashes? before = null) => new(_facts, images, before);

    /// <summary>The hashes of the images given to <see cref="TrainedOn"/>; null where none were given.</summary>
    public TrainingHashes? TrainingHashes()
    {
        if (_trainedOn is null)
        {
            return null;
        }

        var hashes = Models.TrainingImages.TrainingHashes.Of(_trainedOn.LastContentKeys());
        return _trainedBefore is null ? hashes : _trainedBefore.Union(hashes);
    }

    /// <summary>All facts of a model, by name.</summary>
    public IReadOnlyDictionary<string, string> Of(int seed, Calibration calibration) => _facts
        .Add(FactNames.Seed, Text(seed))
        .Add(FactNames.Temperature, Text(calibration.Temperature))
        .Add("calibrationErrorBefore", Text(calibration.ErrorBefore))
        .Add(FactNames.CalibrationError, Text(calibration.ErrorAfter));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("F4", CultureInfo.InvariantCulture);
}
