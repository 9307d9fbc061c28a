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
    private readonly IReadOnlyList<LabeledImage> _images;
    private readonly ImagePreprocessing _preprocessing;
    private readonly BoundedDecoding _decoding;
    private readonly ContentKey[] _contents;

    /// <param name="images">The images; they were read before.</param>
    /// <param name="preprocessing">Size and scaling of the input.</param>
    /// <param name="augmentation">What changes views.</param>
    public ViewedImages(IReadOnlyList<LabeledImage> images, ImagePreprocessing preprocessing, ImageAugmentation augmentation)
    {
        (_images, _preprocessing, Augmentation) = (images, preprocessing, augmentation);
        _decoding = new BoundedDecoding(images, preprocessing.MinSourceSide);
        _contents = [.. images.Select(i => i.LastKey ?? ContentKey.Of(i.ReadAndHash()))];
        Identity = $"{preprocessing.Fingerprint} {augmentation.Fingerprint} {ContentKey.Of([.. _contents.SelectMany(Bytes)])}";
    }

    /// <summary>What changes views.</summary>
    public ImageAugmentation Augmentation { get; }

    /// <summary>The number of images.</summary>
    public int Count => _images.Count;

    /// <summary>The floats of an input.</summary>
    public int Length => _preprocessing.Height * _preprocessing.Width * 3;

    /// <summary>The same for the same images, input and augmentation.</summary>
    public string Identity { get; }

    /// <summary>The image of a number.</summary>
    public LabeledImage Image(int image) => _images[image];

    /// <summary>The hash of the content of an image.</summary>
    public ContentKey Content(int image) => _contents[image];

    /// <summary>Decodes an image, and makes views of it.</summary>
    /// <param name="image">The number of the image.</param>
    /// <param name="views">The numbers of the views; 0 for the image as it is.</param>
    /// <param name="target">[views, height, width, 3].</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="TransferLearningException">The image can no longer be read, or has changed.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public void Read(int image, ReadOnlySpan<long> views, Memory<float> target, CancellationToken cancellationToken)
    {
        LabeledImage source = _images[image];
        long[] wanted = views.ToArray();
        try
        {
            _decoding.Decode(
                source,
                source.ReadBytes,
                (content, pixels) =>
                {
                    if (ContentKey.Of(content) != _contents[image])
                    {
                        throw new InvalidDataException("the file has changed since the training began");
                    }

                    for (int i = 0; i < wanted.Length; i++)
                    {
                        RgbImage view = wanted[i] == 0 ? pixels : Augmentation.Apply(pixels, ViewSeed.Of(_contents[image], wanted[i]));
                        ImageToTensor.Convert(view, _preprocessing, target.Span.Slice(i * Length, Length));
                    }
                },
                cancellationToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new TransferLearningException(
                $"the image '{source.Path}' could be used at first, but not any more: {ImageProblem.Describe(e)}", e);
        }
    }

    private static byte[] Bytes(ContentKey key)
    {
        byte[] bytes = new byte[ContentKey.Size];
        key.Write(bytes);
        return bytes;
    }
}
