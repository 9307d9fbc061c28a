using Microsoft.ML.Transforms;
using TransferLearning.Data;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>The image is a path.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PathMapping : SavedMapping<ReadOnlyMemory<char>>
{
    public const string Contract = "TransferLearning.Path.2";

    protected override LabeledImage Read(ReadOnlyMemory<char> image, SavedState state) => RowImages.OfPath(image);
}
