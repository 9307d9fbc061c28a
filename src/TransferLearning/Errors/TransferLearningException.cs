namespace TransferLearning;

/// <summary>
/// The base of all errors that this library throws for bad input: data, images, options, networks, models, files. The message names the
/// file or value, what was expected, and what to do.
/// </summary>
/// <remarks>Immutable; thread-safe. Arguments that are a mistake of the program, such as null, throw .NET's own exceptions.</remarks>
public class TransferLearningException : Exception
{
    /// <summary>Creates the exception with its message.</summary>
    /// <param name="message">Names the file or value, what was expected, and what to do.</param>
    public TransferLearningException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and cause.</summary>
    /// <param name="message">Names the file or value, what was expected, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public TransferLearningException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
