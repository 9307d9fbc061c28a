using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.Data;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The image is a block of pixels, extracted from images of one size.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PixelBlockMapping : SavedMapping<VBuffer<byte>>
{
    public const string Contract = "TransferLearning.PixelBlock.2";

    protected override LabeledImage Read(VBuffer<byte> image, SavedState state) =>
        RowImages.OfPixelBlock(image, state.Width, state.Height);
}
