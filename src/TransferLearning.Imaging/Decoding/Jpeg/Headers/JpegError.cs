namespace TransferLearning.Imaging.Decoding.Jpeg.Headers;

/// <summary>The wording of JPEG errors.</summary>
internal static class JpegError
{
    /// <summary>Data that contradicts the standard.</summary>
    public static InvalidImageException Damaged(string what, int position) =>
        new($"JPEG: {what} at byte {position}; the file is damaged");

    /// <summary>Data that ends too early.</summary>
    public static InvalidImageException Truncated(string what, int position) =>
        new($"JPEG: the data ends at byte {position} {what}; the file is truncated");

    /// <summary>A feature of the standard that the decoder does not have.</summary>
    public static InvalidImageException Unsupported(string what) =>
        new($"JPEG: {what} is not supported; save the image as an ordinary 8-bit JPEG or PNG");
}
