namespace TransferLearning.Data;

/// <summary>The number of readable images of a class. Immutable.</summary>
/// <param name="Name">The class.</param>
/// <param name="TrainImages">The images to train on; all of them if the data set defines no split.</param>
/// <param name="ValidationImages">The images of the validation and test parts.</param>
public sealed record ClassCount(string Name, int TrainImages, int ValidationImages)
{
    /// <summary>The number of all images of the class.</summary>
    public int Images => TrainImages + ValidationImages;
}
