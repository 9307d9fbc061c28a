namespace TransferLearning.Data;

/// <summary>How many readable images a class has. Immutable.</summary>
/// <param name="Name">The class.</param>
/// <param name="TrainImages">The images to learn from; all of them where the data set brings no division.</param>
/// <param name="ValidationImages">The images that judge: the validation part and, beside it, the test part.</param>
public sealed record ClassCount(string Name, int TrainImages, int ValidationImages)
{
    /// <summary>All images of the class.</summary>
    public int Images => TrainImages + ValidationImages;
}
