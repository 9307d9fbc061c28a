namespace TransferLearning.Runtime;

/// <summary>
/// A network file cannot be read, or contains something that the runtime does not support. The message names the file, node or operator,
/// and says what was expected.
/// </summary>
public sealed class InvalidNetworkException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    /// <param name="message">Names the file, node or operator, and says what was expected.</param>
    public InvalidNetworkException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and cause.</summary>
    /// <param name="message">Names the file, node or operator, and says what was expected.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidNetworkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
