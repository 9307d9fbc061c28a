namespace TransferLearning.Data;

/// <summary>A data set split into images to train on and images to validate with. Immutable.</summary>
/// <remarks>Thread-safe. Holds two lists of positions; the images are those of the data set. There is nothing to dispose of.</remarks>
public sealed class DatasetSplit
{
    private readonly int[] _trainIndices;
    private readonly int[] _validationIndices;

    internal DatasetSplit(ImageDataset whole, int[] trainIndices, int[] validationIndices)
    {
        (_trainIndices, _validationIndices) = (trainIndices, validationIndices);
        (Train, Validation) = (whole.Select(trainIndices), whole.Select(validationIndices));
    }

    /// <summary>The images to train on.</summary>
    public ImageDataset Train { get; }

    /// <summary>The images to validate with; none of them is in <see cref="Train"/>.</summary>
    public ImageDataset Validation { get; }

    /// <summary>The positions of the training images in the whole data set, and of their rows in its bottlenecks; ascending.</summary>
    public ReadOnlySpan<int> TrainIndices => _trainIndices;

    /// <summary>The positions of the validation images in the whole data set, and of their rows in its bottlenecks; ascending.</summary>
    public ReadOnlySpan<int> ValidationIndices => _validationIndices;
}
