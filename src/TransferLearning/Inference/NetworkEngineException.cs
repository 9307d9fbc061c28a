namespace TransferLearning.Inference;

/// <summary>An <see cref="INetworkEngine"/> cannot load or run a network, or cannot run on this machine.</summary>
/// <remarks>Immutable; thread-safe. The message says what is wrong and what to do, without the network's name, which callers add.</remarks>
public sealed class NetworkEngineException : TransferLearningException
{
    /// <summary>Creates the exception with its message.</summary>
    /// <param name="message">What is wrong, and what to do; begins in lower case, as callers put the network's name before it.</param>
    public NetworkEngineException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message and cause.</summary>
    /// <param name="message">What is wrong, and what to do; begins in lower case, as callers put the network's name before it.</param>
    /// <param name="innerException">The cause.</param>
    public NetworkEngineException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
