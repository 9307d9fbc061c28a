namespace TransferLearning.Runtime.Tensors;

/// <summary>The element types that a <see cref="Tensor"/> can hold. The values are ONNX's own numbers.</summary>
internal enum ElementType
{
    /// <summary>The type of a declared output that no tensor can hold, such as texts or a sequence.</summary>
    Unsupported = 0,
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Boolean = 9,
    Float64 = 11,
}
