namespace TransferLearning;

/// <summary>
/// The root of the errors that this library throws for bad input: data, images, options, networks, models, files. The message names the
/// file or value, what was expected, and what to do.
/// </summary>
public class TransferLearningException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    /// <param name="message">Names the culprit, what was expected, and what to do.</param>
    public TransferLearningException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and cause.</summary>
    /// <param name="message">Names the culprit, what was expected, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TransferLearningException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
