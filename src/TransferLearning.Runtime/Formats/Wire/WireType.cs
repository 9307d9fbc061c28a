namespace TransferLearning.Runtime.Formats.Wire;

/// <summary>How a field's value is encoded: the lowest three bits of its tag, by the specification of Protocol Buffers.</summary>
internal enum WireType
{
    /// <summary>An integer of 7 bits per byte.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length, and as many bytes: a text, a message, or numbers after each other (packed).</summary>
    Bytes = 2,

    /// <summary>The beginning of a group, a deprecated form of a message, which neither ONNX nor TensorFlow uses.</summary>
    GroupStart = 3,

    /// <summary>The end of a group.</summary>
    GroupEnd = 4,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
