using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;

namespace TransferLearning.Tuning;

/// <summary>
/// The image files of a training, which its epochs decode again: a file that is no longer what it was when the training began is an
/// error. Thread-safe.
/// </summary>
internal sealed class TrainingFiles
{
    private readonly IReadOnlyList<LabeledImage> _images;
    private readonly BoundedDecoding _decoding;
    private readonly ContentKey[] _contents;

    /// <param name="images">The images, which were read before.</param>
    /// <param name="minSide">The least length of the shorter side of an image that is decoded at a reduced size.</param>
    public TrainingFiles(ImageDataset images, int minSide)
    {
        _images = images.Images;
        _decoding = new BoundedDecoding(_images, minSide);
        _contents = images.LastContentKeys();
        byte[] all = new byte[_contents.Length * ContentKey.Size];
        for (int i = 0; i < _contents.Length; i++)
        {
            _contents[i].Write(all.AsSpan(i * ContentKey.Size));
        }

        Identity = ContentKey.Of(all);
    }

    /// <summary>The number of images.</summary>
    public int Count => _images.Count;

    /// <summary>The same for the same images in the same order.</summary>
    public ContentKey Identity { get; }

    /// <summary>An image.</summary>
    public LabeledImage this[int image] => _images[image];

    /// <summary>The hash of the content of an image.</summary>
    public ContentKey Content(int image) => _contents[image];

    /// <summary>Decodes an image.</summary>
    /// <param name="image">The number of the image.</param>
    /// <param name="use">Receives the pixels, which count towards the memory of all images until it returns.</param>
    /// <param name="cancellationToken">Ends the wait for memory.</param>
    /// <exception cref="TransferLearningException">The image can no longer be read, or has changed.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public void Decode(int image, Action<RgbImage> use, CancellationToken cancellationToken)
    {
        LabeledImage file = _images[image];
        try
        {
            _decoding.Decode(file, file.ReadBytes, Take, cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new TransferLearningException(
                $"the image '{file.Path}' could be used at first, but not any more: {ImageProblem.Describe(e)}; restore the file, or start "
                + "a new training",
                e);
        }

        void Take(byte[] content, RgbImage pixels)
        {
            if (ContentKey.Of(content) != _contents[image])
            {
                throw new InvalidDataException("the file has changed since the training began");
            }

            use(pixels);
        }
    }
}
