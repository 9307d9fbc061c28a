namespace TransferLearning.Data;

/// <summary>A data set divided into what is learned from and what judges the result. Immutable; thread-safe.</summary>
public sealed class DatasetSplit
{
    private readonly int[] _trainIndices;
    private readonly int[] _validationIndices;

    internal DatasetSplit(ImageDataset whole, int[] trainIndices, int[] validationIndices)
    {
        (_trainIndices, _validationIndices) = (trainIndices, validationIndices);
        (Train, Validation) = (whole.Select(trainIndices), whole.Select(validationIndices));
    }

    /// <summary>The images to learn from.</summary>
    public ImageDataset Train { get; }

    /// <summary>The images that judge; none of them is among <see cref="Train"/>.</summary>
    public ImageDataset Validation { get; }

    /// <summary>Where the training images stand in the data set that was divided, ascending: rows of its bottlenecks.</summary>
    public ReadOnlySpan<int> TrainIndices => _trainIndices;

    /// <summary>Where the validation images stand in the data set that was divided, ascending: rows of its bottlenecks.</summary>
    public ReadOnlySpan<int> ValidationIndices => _validationIndices;
}
