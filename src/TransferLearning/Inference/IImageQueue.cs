namespace TransferLearning.Inference;

/// <summary>Says which images an <see cref="ImageInference"/> runs next. Thread-safe.</summary>
internal interface IImageQueue
{
    /// <summary>The number of images at the beginning, at most.</summary>
    int Count { get; }

    /// <summary>Takes the next images, each exactly once.</summary>
    /// <param name="group">Receives the positions of the images in the data set; its length is the most that are taken.</param>
    /// <returns>The number of images taken; 0 at the end.</returns>
    int Take(Span<int> group);
}
