using TransferLearning.Advice;
using TransferLearning.Data;
using TransferLearning.Strategies;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Compares networks on a data set and says which one and which strategy to take, with the evidence: cross-validated accuracy, LogME,
    /// similarity, time, size, and what more images would bring. Bottlenecks are cached, so the training that follows computes none.
    /// </summary>
    /// <param name="path">A folder with a folder a class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened by
    /// Fit. Of a data set with its own division, the test part is left alone.</param>
    /// <param name="options">The networks to compare and the limits; null for the pipeline's backbone without limits.</param>
    public static TransferPipeline<AdviceResult> Advise(string path, AdviceOptions? options = null) =>
        Advise(DataSource.At(path), options);

    /// <inheritdoc cref="Advise(string, AdviceOptions?)"/>
    /// <param name="data">The labeled images; some may have no label.</param>
    /// <param name="options">The networks to compare and the limits; null for the pipeline's backbone without limits.</param>
    public static TransferPipeline<AdviceResult> Advise(ImageDataset data, AdviceOptions? options = null) =>
        Advise(DataSource.Of(data), options);

    private static TransferPipeline<AdviceResult> Advise(DataSource data, AdviceOptions? options) =>
        new(new AdviceStrategy(data, options ?? new AdviceOptions()), new TransferSettings());
}
