namespace TransferLearning.Runtime.Tensors;

/// <summary>The element types that a <see cref="Tensor"/> can hold. The values are ONNX's own numbers.</summary>
internal enum ElementType
{
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Boolean = 9,
    Float64 = 11,
}
