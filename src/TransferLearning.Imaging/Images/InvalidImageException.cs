namespace TransferLearning.Imaging;

/// <summary>An image cannot be decoded. The message says what is wrong with the data and, if known, at which byte.</summary>
/// <remarks>Decoders throw it; the work on a data set catches it and leaves out the image.</remarks>
public sealed class InvalidImageException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    /// <param name="message">What is wrong with the data.</param>
    public InvalidImageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and cause.</summary>
    /// <param name="message">What is wrong with the data.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
