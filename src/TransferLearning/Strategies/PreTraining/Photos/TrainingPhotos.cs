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
    private readonly IReadOnlyList<LabeledImage> _images;
    private readonly ImagePreprocessing _preprocessing;
    private readonly PhotoViews _views;
    private readonly PhotoMemory _memory;
    private readonly BoundedDecoding _decoding;
    private readonly ContentKey[] _contents;
    private readonly int _threads;

    /// <param name="images">The images, which were read before.</param>
    /// <param name="preprocessing">Size and scaling of the input.</param>
    /// <param name="views">Which view each epoch shows.</param>
    /// <param name="memory">The pixels that were kept.</param>
    /// <param name="threads">The number of threads that load.</param>
    public TrainingPhotos(ImageDataset images, ImagePreprocessing preprocessing, PhotoViews views, PhotoMemory memory, int threads)
    {
        (_images, _preprocessing, _views, _memory, _threads) = (images.Images, preprocessing, views, memory, threads);
        _decoding = new BoundedDecoding(_images, preprocessing.MinSourceSide);
        _contents = images.LastContentKeys();
        byte[] all = new byte[_contents.Length * ContentKey.Size];
        for (int i = 0; i < _contents.Length; i++)
        {
            _contents[i].Write(all.AsSpan(i * ContentKey.Size));
        }

        Identity = $"{preprocessing.Fingerprint}; {views.Augmentation.Fingerprint}; {views.Count} views; images {ContentKey.Of(all)}";
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
        ContentKey content = _contents[image];
        RgbImage pixels = _memory.Find(content) ?? Decode(image, cancellationToken);
        ImageToTensor.Convert(_views.Make(pixels, content, _views.Of(image, epoch)), _preprocessing, target);
    }

    private RgbImage Decode(int image, CancellationToken cancellationToken)
    {
        LabeledImage file = _images[image];
        RgbImage? reduced = null;
        try
        {
            _decoding.Decode(file, file.ReadBytes, Take, cancellationToken);
            return reduced!;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new TransferLearningException(
                $"the image '{file.Path}' can no longer be used: {ImageProblem.Describe(e)}; restore the file, or start a new training", e);
        }

        void Take(byte[] bytes, RgbImage pixels)
        {
            if (ContentKey.Of(bytes) != _contents[image])
            {
                throw new InvalidDataException("its content is no longer what it was when the training began");
            }

            reduced = PhotoReduction.Apply(pixels, _preprocessing.Width);
        }
    }
}
