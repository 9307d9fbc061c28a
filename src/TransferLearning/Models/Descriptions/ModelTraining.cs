namespace TransferLearning.Models;

/// <summary>How a model was trained, as its file says it. Immutable.</summary>
/// <remarks>
/// Thread-safe. A property is null where the file does not say it: in a file of an earlier version, or where it does not apply.
/// </remarks>
public sealed record ModelTraining
{
    /// <summary>The strategy, such as <c>fine-tuning</c> or <c>cross-validation</c>.</summary>
    public string? Strategy { get; init; }

    /// <summary>The number of labeled images that the model learned from.</summary>
    public int? Images { get; init; }

    /// <summary>The number of images that it learned from with labels that were predicted.</summary>
    public int? PseudoLabeledImages { get; init; }

    /// <summary>What trained it: <c>softmax</c> with its optimizer, or the name of another retrainer.</summary>
    public string? Trainer { get; init; }

    /// <summary>The number of epochs that the head, or the whole network, was trained for.</summary>
    public int? Epochs { get; init; }

    /// <summary>The epoch that was kept, from 1; 0 for what training started from.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>The stages of the network that were trained with the head, such as <c>2 of 5</c>.</summary>
    public string? UnfrozenStages { get; init; }

    /// <summary>The views of training images that the model learned from too, such as <c>4 views, photos</c>.</summary>
    public string? Augmentation { get; init; }

    /// <summary>The seed of all random choices.</summary>
    public int? Seed { get; init; }
}
