using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tuning.Stages;

/// <summary>
/// Reads images as input of a network: as they are, or augmented views of them. The view of a number depends on the image's content alone.
/// Thread-safe.
/// </summary>
internal sealed class ViewedImages
{
    private readonly TrainingFiles _files;
    private readonly ImagePreprocessing _preprocessing;

    /// <param name="images">The images; they were read before.</param>
    /// <param name="preprocessing">Size and scaling of the input.</param>
    /// <param name="augmentation">What changes views.</param>
    public ViewedImages(ImageDataset images, ImagePreprocessing preprocessing, ImageAugmentation augmentation)
    {
        (_preprocessing, Augmentation) = (preprocessing, augmentation);
        _files = new TrainingFiles(images, preprocessing.MinSourceSide);
        Identity = $"{preprocessing.Fingerprint} {augmentation.Fingerprint} {_files.Identity}";
    }

    /// <summary>What changes views.</summary>
    public ImageAugmentation Augmentation { get; }

    /// <summary>The number of images.</summary>
    public int Count => _files.Count;

    /// <summary>The floats of an input.</summary>
    public int Length => _preprocessing.Height * _preprocessing.Width * 3;

    /// <summary>The same for the same images, input and augmentation.</summary>
    public string Identity { get; }

    /// <summary>The image of a number.</summary>
    public LabeledImage Image(int image) => _files[image];

    /// <summary>The hash of the content of an image.</summary>
    public ContentKey Content(int image) => _files.Content(image);

    /// <summary>Decodes an image, and makes views of it.</summary>
    /// <param name="image">The number of the image.</param>
    /// <param name="views">The numbers of the views; 0 for the image as it is.</param>
    /// <param name="target">[views, height, width, 3].</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TransferLearningException">The image can no longer be read, or has changed.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public void Read(int image, ReadOnlySpan<long> views, Memory<float> target, CancellationToken cancellationToken)
    {
        long[] wanted = views.ToArray();
        _files.Decode(
            image,
            pixels =>
            {
                for (int i = 0; i < wanted.Length; i++)
                {
                    RgbImage view = ImageView.Of(pixels, Content(image), Augmentation, wanted[i]);
                    ImageToTensor.Convert(view, _preprocessing, target.Span.Slice(i * Length, Length));
                }
            },
            cancellationToken);
    }
}
