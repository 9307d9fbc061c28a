using Microsoft.ML.Transforms;
using TransferLearning.Data;
using TransferLearning.MLNet.Rows;
using TransferLearning.MLNet.Scoring;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>
/// Runs the network on the rows of a saved chain. ML.NET finds the mapping by the contract in the attribute of a derived class, of which
/// there is one per type of image column.
/// </summary>
/// <typeparam name="TImage">The type of the image in a row.</typeparam>
internal abstract class SavedMapping<TImage> : CustomMappingFactory<SavedInput<TImage>, SavedRow>
{
    public sealed override Action<SavedInput<TImage>, SavedRow> GetMapping()
    {
        MLImageType.Register();
        var scorer = new SavedScorer();
        return (row, saved) => saved.Set(scorer.Score(row.State, state => Read(row.Image, state)));
    }

    /// <summary>The image of a row.</summary>
    protected abstract LabeledImage Read(TImage image, SavedState state);
}
