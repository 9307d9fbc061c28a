using System.Diagnostics.CodeAnalysis;

namespace TransferLearning.Models;

/// <summary>
/// How a model file stores its weights. Whatever the choice, biases and other vectors stay float32, and predictions are computed with
/// float32.
/// </summary>
[SuppressMessage("Naming", "CA1720", Justification = "The formats have these names everywhere.")]
public enum WeightPrecision
{
    /// <summary>
    /// As they are: 4 bytes per weight, or 2 where float16 represents each value of a large tensor exactly, as in
    /// <see cref="Backbones.Backbone.ResNet18"/>.
    /// </summary>
    Float32,

    /// <summary>2 bytes per weight, 11 bits of precision; weights beyond its range of 65504 stay float32.</summary>
    Float16,

    /// <summary>2 bytes per weight, 8 bits of precision, the range of float32.</summary>
    Bfloat16,

    /// <summary>
    /// 1 byte per weight of matrix products and of convolutions other than depthwise ones, with one scale per output channel (symmetric
    /// quantization; Krishnamoorthi, 2018); the few others stay float32.
    /// </summary>
    Int8,
}
