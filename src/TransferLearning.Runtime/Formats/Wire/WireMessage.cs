namespace TransferLearning.Runtime.Formats.Wire;

/// <summary>
/// A message of Protocol Buffers that is read from bytes. What it holds of them are slices, so the bytes must not change. Fields that the
/// message does not know, or that are encoded as another type, are skipped.
/// </summary>
/// <remarks>
/// No message that is read here contains one of its own kind, so the depth of a file is limited by the classes and needs no limit of its
/// own.
/// </remarks>
internal abstract class WireMessage
{
    /// <summary>
    /// Reads fields into this message. By the rules of Protocol Buffers, repeated fields are appended to, messages are merged, and of other
    /// fields the last counts.
    /// </summary>
    /// <exception cref="WireFormatException">The bytes are no message, or are cut short.</exception>
    public void Merge(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (reader.MoveToField())
        {
            if (!TryRead(ref reader))
            {
                reader.Skip();
            }
        }
    }

    /// <summary>Reads the value of the current field. Returns false, and reads nothing, if the message does not know it.</summary>
    protected abstract bool TryRead(ref WireReader reader);
}
