using System.Security;
using TransferLearning.Imaging;

namespace TransferLearning.Data.Images;

/// <summary>
/// Says why an image cannot be used. Every exception that reading and decoding an image throws leaves out that image only, so that one bad
/// file does not cost the work on all others.
/// </summary>
internal static class ImageProblem
{
    /// <summary>The reason, to follow the image's name.</summary>
    /// <param name="exception">What reading, decoding or resizing the image threw.</param>
    public static string Describe(Exception exception) => exception switch
    {
        InvalidImageException or TransferLearningException => exception.Message,
        OutOfMemoryException => "there is not enough memory to read and decode it",
        // Wrong calls within the library, which are kinds of ArgumentException.
        ArgumentOutOfRangeException or ArgumentNullException => Fault(exception),
        IOException or UnauthorizedAccessException or SecurityException or InvalidDataException or ArgumentException
            or NotSupportedException => $"it cannot be read: {exception.Message}",
        _ => Fault(exception),
    };

    private static string Fault(Exception exception) =>
        $"a fault of this library: please report it with the file ({exception.GetType()}: {exception.Message})";
}
