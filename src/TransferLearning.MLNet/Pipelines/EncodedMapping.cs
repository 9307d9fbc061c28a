using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using TransferLearning.Data;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The image is an encoded file.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EncodedMapping : SavedMapping<VBuffer<byte>>
{
    public const string Contract = "TransferLearning.Encoded.2";

    protected override LabeledImage Read(VBuffer<byte> image, SavedState state) => RowImages.OfBytes(image);
}
