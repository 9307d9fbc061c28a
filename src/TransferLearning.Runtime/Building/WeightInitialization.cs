namespace TransferLearning.Runtime.Building;

/// <summary>The weights that a built graph has.</summary>
internal enum WeightInitialization
{
    /// <summary>
    /// All weights, biases and statistics are random, so that a kernel that leaves one out computes something else: for tests and
    /// benchmarks.
    /// </summary>
    Varied,

    /// <summary>
    /// What training begins with: convolutions as He et al. (2015) draw them, from a normal distribution by the outputs of each input (fan
    /// out); classifiers from a normal distribution of deviation .01; normalizations that change nothing; biases 0.
    /// </summary>
    Training,
}
