using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>An encoded image as ML.NET keeps it.</summary>
internal static class ImageBytes
{
    /// <summary>The bytes, not copied unless many are zero: such a vector leaves the zeros out.</summary>
    public static ReadOnlySpan<byte> Of(in VBuffer<byte> image) => image.IsDense ? image.GetValues() : image.DenseValues().ToArray();
}
