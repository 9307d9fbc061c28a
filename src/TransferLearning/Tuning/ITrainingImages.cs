namespace TransferLearning.Tuning;

/// <summary>What a network that is trained receives for each image: pixels, or a map of a layer.</summary>
internal interface ITrainingImages
{
    /// <summary>The floats of one image.</summary>
    int Length { get; }

    /// <summary>What decides the values, in words that are equal for equal data: a checkpoint of other images is refused.</summary>
    string Identity { get; }

    /// <summary>Loads images, on several threads.</summary>
    /// <param name="images">The numbers of the images.</param>
    /// <param name="epoch">The epoch, from 0, which decides the view of each image; null for the images as they are.</param>
    /// <param name="target">[images, height, width, channels], normalized.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TransferLearningException">An image can no longer be read.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    void Load(ReadOnlySpan<int> images, int? epoch, Memory<float> target, CancellationToken cancellationToken);
}
