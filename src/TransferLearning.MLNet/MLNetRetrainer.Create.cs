using TransferLearning.MLNet.TensorFlow;

namespace TransferLearning.MLNet;

public sealed partial class MLNetRetrainer
{
    /// <summary>A retrainer with options.</summary>
    /// <param name="options">How to train; null for the defaults.</param>
    public MLNetRetrainer(MLNetRetrainerOptions? options = null)
        : this(options, new ImageClassificationFit())
    {
    }
}
