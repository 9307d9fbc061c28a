namespace TransferLearning;

/// <summary>
/// An image that a model cannot predict: damaged, in a format that is not decoded, or larger than the limits. The image is at fault, not
/// the model: a service refuses it, with status 413 where <see cref="ExceedsMaxBytes"/> is true and 415 otherwise.
/// </summary>
/// <remarks>Immutable; thread-safe. The message names the image and what is wrong with it.</remarks>
public sealed class UnusableImageException : TransferLearningException
{
    internal UnusableImageException(string message, bool exceedsMaxBytes)
        : base(message) => ExceedsMaxBytes = exceedsMaxBytes;

    internal UnusableImageException(string message, bool exceedsMaxBytes, Exception innerException)
        : base(message, innerException) => ExceedsMaxBytes = exceedsMaxBytes;

    /// <summary>True where the image has more bytes than <c>ImageLimits.MaxBytes</c>; it was then not decoded.</summary>
    public bool ExceedsMaxBytes { get; }
}
