namespace TransferLearning.Runtime.Graphs;

/// <summary>
/// Makes what reading, compiling or running a network may not throw into the exception that is documented, so that no file ends an
/// application: extents that are too large for an array, and faults of this library, which are named as such.
/// </summary>
internal static class NetworkFault
{
    /// <param name="compute">What may fail.</param>
    /// <exception cref="InvalidNetworkException">It failed.</exception>
    /// <exception cref="IOException">It threw this: a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It threw this: there is no permission.</exception>
    public static T Catch<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new InvalidNetworkException(Describe(e), e);
        }
    }

    /// <summary>As the other, with a node that messages name.</summary>
    public static T Catch<T>(Node node, int opset, Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw new InvalidNetworkException(
                $"the node '{node.DisplayName}' ({node.OperatorName}, operator set {opset}): {Describe(e)}", e);
        }
    }

    private static bool IsFault(Exception exception) =>
        exception is not (InvalidNetworkException or IOException or UnauthorizedAccessException);

    /// <summary>What is wrong, for a message that begins with the file.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        OverflowException => "the extents of a value multiply to more than an array can hold",
        OutOfMemoryException => "there is not enough memory for its values",
        _ => $"a fault of this library: please report it with the file ({exception.GetType()}: {exception.Message})",
    };
}
