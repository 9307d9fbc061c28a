namespace TransferLearning.Tuning.Stages;

/// <summary>Images as the input of a whole network: each epoch shows another view. Thread-safe.</summary>
/// <param name="views">Reads the images.</param>
/// <param name="threads">The number of threads that read.</param>
internal sealed class PixelImages(ViewedImages views, int threads) : ITrainingImages
{
    public int Length => views.Length;

    public string Identity => $"pixels {views.Identity}";

    public void Load(ReadOnlySpan<int> images, int? epoch, Memory<float> target, CancellationToken cancellationToken)
    {
        int[] numbers = images.ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        TrainingLoad.Run(numbers.Length, options, i => views.Read(
            numbers[i], [ViewNumber.Fresh(views.Augmentation, epoch)], target.Slice(i * Length, Length), cancellationToken));
    }
}
