using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Strategies;

namespace TransferLearning;

/// <summary>
/// A piece of transfer learning that is ready to be done. Immutable, thread-safe: every <c>With...</c> method returns a changed copy.
/// Made by <see cref="TransferPipeline"/>.
/// </summary>
/// <typeparam name="TResult">What comes out, immutable as well.</typeparam>
public sealed class TransferPipeline<TResult>
{
    private readonly ITransferStrategy<TResult> _strategy;
    private readonly TransferSettings _settings;

    internal TransferPipeline(ITransferStrategy<TResult> strategy, TransferSettings settings) =>
        (_strategy, _settings) = (strategy, settings);

    internal ITransferStrategy<TResult> Strategy => _strategy;

    /// <summary>Sets the network that computes the bottlenecks. Default: the one that the retrainer needs; where it needs none,
    /// <see cref="Backbone.Compact"/>, which needs no file.</summary>
    /// <param name="backbone">The network.</param>
    public TransferPipeline<TResult> WithBackbone(Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        return With(_settings with { Backbone = backbone });
    }

    /// <summary>Sets the folder that keeps bottlenecks between runs. Default: <see cref="BottleneckCache.DefaultDirectory"/>.</summary>
    /// <param name="directory">The folder; it is created when something is first stored in it.</param>
    public TransferPipeline<TResult> WithBottleneckCache(string directory) => WithBottleneckCache(new BottleneckCache(directory));

    /// <summary>Sets where bottlenecks are kept between runs. Default: <see cref="BottleneckCache.DefaultDirectory"/>.</summary>
    /// <param name="cache">The cache.</param>
    public TransferPipeline<TResult> WithBottleneckCache(BottleneckCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return With(_settings with { Cache = cache });
    }

    /// <summary>Keeps no bottlenecks between runs.</summary>
    public TransferPipeline<TResult> WithoutBottleneckCache() => With(_settings with { Cache = null });

    /// <summary>
    /// Sets the image formats: which files of data sets at paths are images, how they are decoded, and which files the resulting model
    /// predicts. Default: <see cref="ImageFormats.BuiltIn"/>.
    /// </summary>
    /// <param name="formats">
    /// The formats. An <see cref="ImageDataset"/> that is already open keeps its own; Fit throws if it was opened with a format that is
    /// not in this set, since the model could not read such files.
    /// </param>
    public TransferPipeline<TResult> WithImageFormats(ImageFormats formats)
    {
        ArgumentNullException.ThrowIfNull(formats);
        return With(_settings with { Formats = formats });
    }

    /// <summary>Sets what trains the head. Default: a <see cref="SoftmaxRetrainer"/> with its default options.</summary>
    /// <param name="retrainer">The retrainer.</param>
    public TransferPipeline<TResult> WithRetrainer(IRetrainer retrainer)
    {
        ArgumentNullException.ThrowIfNull(retrainer);
        return With(_settings with { Retrainer = retrainer });
    }

    /// <summary>Sets the seed of the split and of everything random. Default: 0.</summary>
    /// <param name="seed">Any number. The same seed gives the same result, bit by bit, for any number of threads.</param>
    public TransferPipeline<TResult> WithSeed(int seed) => With(_settings with { GivenSeed = seed });

    /// <summary>Sets the number of threads. Default: 0.</summary>
    /// <param name="threads">From 1; 0 for one a processor.</param>
    public TransferPipeline<TResult> WithThreads(int threads) => With(_settings with { Threads = threads });

    /// <summary>
    /// Sets the share of each class that judges the result and picks the best epoch: a part taken by the images' content, so that an
    /// image stays on its side when others are added. Default: the data set's own split where it brings one, else 0.2.
    /// </summary>
    /// <param name="fraction">Between 0 and 1, both exclusive. It overrules the data set's own split.</param>
    public TransferPipeline<TResult> WithValidation(double fraction) =>
        With(_settings with { ValidationFraction = fraction, ValidationData = null });

    /// <summary>Sets the images that judge the result and pick the best epoch; then all images of the data are learned from.</summary>
    /// <param name="data">Labeled images of the same classes.</param>
    public TransferPipeline<TResult> WithValidation(ImageDataset data) =>
        With(_settings with { ValidationFraction = null, ValidationData = DataSource.Of(data) });

    /// <inheritdoc cref="WithValidation(ImageDataset)"/>
    /// <param name="path">A folder, manifest or archive: see <see cref="ImageDataset.Open"/>. It is opened by Fit.</param>
    public TransferPipeline<TResult> WithValidation(string path) =>
        With(_settings with { ValidationFraction = null, ValidationData = DataSource.At(path) });

    /// <summary>Sets what tells the time, for the seconds in the result. Default: the system's clock.</summary>
    /// <param name="timeProvider">The clock.</param>
    public TransferPipeline<TResult> WithTimeProvider(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return With(_settings with { TimeProvider = timeProvider });
    }

    /// <summary>Does it, on the calling thread and <see cref="WithThreads"/> others.</summary>
    /// <param name="progress">Told how far it is, from the working threads; null for nobody.</param>
    /// <param name="cancellationToken"> Ends the work. During training, the best so far is kept and returned, and the result says that it
    /// was canceled.
    /// </param>
    /// <exception cref="InvalidOptionsException">Settings or data cannot be used; all problems that show before the work are in
    /// it.</exception>
    /// <exception cref="TransferLearningException">The data cannot be used, as found during the work: the message says why.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled before training; extracted bottlenecks stay in the
    /// cache.</exception>
    public TResult Fit(IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        _settings.Validate(_strategy.Demands, problems);
        _strategy.Validate(_settings, problems);
        InvalidOptionsException.ThrowIfAny(problems);
        return _strategy.Run(_settings, progress, cancellationToken);
    }

    /// <summary>Does it on other threads than the caller's.</summary>
    /// <inheritdoc cref="Fit"/>
    public Task<TResult> FitAsync(IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Fit(progress, cancellationToken), cancellationToken);

    /// <summary>The same settings for another strategy with the same result.</summary>
    internal TransferPipeline<TResult> With(ITransferStrategy<TResult> strategy) => new(strategy, _settings);

    private TransferPipeline<TResult> With(TransferSettings settings) => new(_strategy, settings);
}
