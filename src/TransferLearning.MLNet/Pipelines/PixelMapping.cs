using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.Data;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The image is an <see cref="MLImage"/> of any size.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PixelMapping : SavedMapping<MLImage?>
{
    public const string Contract = "TransferLearning.Pixel.2";

    protected override LabeledImage Read(MLImage? image, SavedState state) => RowImages.OfPixels(image);
}
