namespace TransferLearning.Runtime.Formats.Onnx;

/// <summary>How <see cref="OnnxWriter"/> stores weights.</summary>
internal enum OnnxWeightType
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>
    /// In half the space, with 11 bits of precision: weights of float32 become float16 followed by a Cast, so that any runtime loads them.
    /// </summary>
    Float16,
}
