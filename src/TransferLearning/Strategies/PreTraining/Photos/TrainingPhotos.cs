using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Tuning;

namespace TransferLearning.Strategies.PreTraining.Photos;

/// <summary>
/// Images as the input of a network that is trained from scratch: views of the pixels in memory, or of the files, which are then decoded
/// each time. Used by one training.
/// </summary>
internal sealed class TrainingPhotos : ITrainingImages
{
    private readonly ImagePreprocessing _preprocessing;
    private readonly PhotoViews _views;
    private readonly PhotoMemory _memory;
    private readonly TrainingFiles _files;
    private readonly int _threads;

    /// <param name="images">The images, which were read before.</param>
    /// <param name="preprocessing">Size and scaling of the input.</param>
    /// <param name="views">Which view each epoch shows.</param>
    /// <param name="memory">The pixels that were kept.</param>
    /// <param name="threads">The number of threads that load.</param>
    public TrainingPhotos(ImageDataset images, ImagePreprocessing preprocessing, PhotoViews views, PhotoMemory memory, int threads)
    {
        (_preprocessing, _views, _memory, _threads) = (preprocessing, views, memory, threads);
        _files = new TrainingFiles(images, preprocessing.MinSourceSide);
        Identity = $"{preprocessing.Fingerprint}; {views.Augmentation.Fingerprint}; {views.Count} views; images {_files.Identity}";
    }

    public int Length => _preprocessing.Width * _preprocessing.Height * 3;

    public string Identity { get; }

    public void Load(ReadOnlySpan<int> images, int? epoch, Memory<float> target, CancellationToken cancellationToken)
    {
        int[] numbers = images.ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        TrainingLoad.Run(
            numbers.Length,
            options,
            i => Load(numbers[i], epoch, target.Slice(i * Length, Length).Span, cancellationToken));
    }

    private void Load(int image, int? epoch, Span<float> target, CancellationToken cancellationToken)
    {
        ContentKey content = _files.Content(image);
        RgbImage pixels = _memory.Find(content) ?? Decode(image, cancellationToken);
        ImageToTensor.Convert(_views.Make(pixels, content, _views.Of(image, epoch)), _preprocessing, target);
    }

    private RgbImage Decode(int image, CancellationToken cancellationToken)
    {
        RgbImage? reduced = null;
        _files.Decode(image, pixels => reduced = PhotoReduction.Apply(pixels, _preprocessing.Width), cancellationToken);
        return reduced!;
    }
}
