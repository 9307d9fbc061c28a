using TransferLearning.Advice;
using TransferLearning.Data;
using TransferLearning.Strategies;

namespace TransferLearning;

public static partial class TransferPipeline
{
    /// <summary>
    /// Compares networks on a data set and recommends one of them and a strategy, with the evidence: cross-validated accuracy, LogME,
    /// similarity, time, size, what more images would bring, and if asked, what training the last stage of the network would.
    /// </summary>
    /// <param name="path">A folder with one folder per class, a manifest, or an archive: see <see cref="ImageDataset.Open"/>. It is opened
    /// by Fit. The test part of a data set with its own division is left out.</param>
    /// <param name="options">The networks to compare and the limits; null for the pipeline's backbone without limits.</param>
    /// <remarks>Each image is run through each network once. The bottlenecks are cached, so that training on the recommended network
    /// computes none. Canceling throws; bottlenecks computed until then stay in the cache.</remarks>
    /// <example><code>
    /// AdviceResult advice = TransferPipeline.Advise("photos/", new AdviceOptions { MaxMillisecondsPerImage = 20 }).Fit();
    /// Console.WriteLine($"{advice.Recommended?.Backbone.Name ?? "no backbone"}, {advice.Strategy}");
    /// foreach (string reason in advice.Evidence)
    /// {
    ///     Console.WriteLine(reason);
    /// }
    /// </code></example>
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
