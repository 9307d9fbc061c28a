namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>
/// The type in which <see cref="OnnxWriter"/> stores weights of two or more dimensions. Readers compute with float32 in any case.
/// </summary>
internal enum OnnxWeightType
{
    /// <summary>
    /// Unchanged values: float32, but float16 followed by a Cast for large tensors of which float16 represents each value exactly.
    /// </summary>
    Float32,

    /// <summary>Every value in float32, for readers that know no other type, such as ML.NET's.</summary>
    Float32Only,

    /// <summary>
    /// In half the space, with 11 bits of precision: weights of float32 become float16 followed by a Cast, so that any runtime loads them.
    /// </summary>
    Float16,

    /// <summary>In half the space, with the range of float32 and 8 bits of precision, followed by a Cast.</summary>
    Bfloat16,

    /// <summary>
    /// In a quarter of the space: the weights of convolutions and matrix products become int8 followed by a DequantizeLinear with one scale
    /// per output channel.
    /// </summary>
    Int8,
}
