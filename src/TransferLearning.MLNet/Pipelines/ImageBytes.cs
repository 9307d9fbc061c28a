using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Gets the bytes of an encoded image from an ML.NET vector.</summary>
internal static class ImageBytes
{
    /// <summary>The bytes. They are copied only from a sparse vector, which leaves out zeros.</summary>
    public static ReadOnlySpan<byte> Of(in VBuffer<byte> image) => image.IsDense ? image.GetValues() : image.DenseValues().ToArray();
}
