using TransferLearning.MLNet.Vision.TensorFlow;

namespace TransferLearning.MLNet.Vision;

public sealed partial class MLNetRetrainer
{
    /// <summary>Creates a retrainer.</summary>
    /// <param name="options">The options of the training; null for the defaults.</param>
    public MLNetRetrainer(MLNetRetrainerOptions? options = null)
        : this(options, new ImageClassificationFit())
    {
    }
}
