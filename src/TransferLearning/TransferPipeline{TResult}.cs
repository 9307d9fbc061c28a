using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Strategies;
using TransferLearning.Strategies.Augmentation;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning;

/// <summary>
/// A strategy of transfer learning with its data and settings, ready to run. Made by <see cref="TransferPipeline"/>. Immutable: every
/// <c>With...</c> method returns a changed copy, which costs nothing.
/// </summary>
/// <typeparam name="TResult">The type of the result, immutable as well.</typeparam>
/// <remarks>
/// Thread-safe: a pipeline may be shared and fitted several times, also at the same time. Every setting has a default. Nothing is opened,
/// read or checked before <see cref="Fit"/>, which reports all invalid settings together. A pipeline holds nothing that needs to be
/// disposed of; the model in a result does.
/// </remarks>
/// <example><code>
/// TransferPipeline&lt;FineTuningResult&gt; pipeline = TransferPipeline.FineTune("photos/")
///     .WithBottleneckCache("cache/")
///     .WithValidation(0.25)
///     .WithSeed(42);
/// using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(10));
/// var progress = new Progress&lt;TransferProgress&gt;(p => Console.WriteLine($"{p.Stage} {p.Done}/{p.Total}"));
/// FineTuningResult result = await pipeline.FitAsync(progress, cancellation.Token);
/// Console.WriteLine(result.Canceled ? "canceled: the best model until then" : $"accuracy {result.Metrics.Accuracy:P1}");
/// </code></example>
public sealed class TransferPipeline<TResult>
{
    private readonly ITransferStrategy<TResult> _strategy;
    private readonly TransferSettings _settings;
    private readonly Func<ModelSource, ITransferStrategy<TResult>>? _continuation;

    /// <param name="strategy">What to run.</param>
    /// <param name="settings">What all strategies share.</param>
    /// <param name="continuation">The same strategy starting from a model; null where it always starts from an untrained head.</param>
    internal TransferPipeline(
        ITransferStrategy<TResult> strategy,
        TransferSettings settings,
        Func<ModelSource, ITransferStrategy<TResult>>? continuation = null) =>
        (_strategy, _settings, _continuation) = (strategy, settings, continuation);

    /// <summary>
    /// Sets the network that computes the bottlenecks. Default: the one that the retrainer needs; where it needs none,
    /// <see cref="Backbone.ResNet18"/>, which comes with the package. <see cref="Backbone.Compact"/> takes about a fifth of the time.
    /// </summary>
    /// <param name="backbone">The network.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithBackbone(Backbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        return With(_settings with { Backbone = backbone });
    }

    /// <summary>
    /// Sets what runs the network on images, and that of the resulting model. Default: <see cref="EmbeddedEngine"/>, which needs nothing
    /// native. ONNX Runtime, of the package TransferLearning.OnnxRuntime, runs further operators and runs on GPUs.
    /// </summary>
    /// <param name="engine">The engine. Features of different engines differ in their last bits, so each has its own in the bottleneck
    /// cache. Only the embedded engine trains networks: <see cref="Fit"/> throws, before any image is read, where stages are unfrozen or a
    /// network is trained from random weights with another one.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithEngine(INetworkEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return With(_settings with { Engine = engine });
    }

    /// <summary>Sets the folder that keeps bottlenecks between runs. Default: <see cref="BottleneckCache.DefaultDirectory"/>.</summary>
    /// <param name="directory">The folder; it is created when something is first stored in it.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithBottleneckCache(string directory) => WithBottleneckCache(new BottleneckCache(directory));

    /// <summary>Sets the cache that keeps bottlenecks between runs. Default: one in
    /// <see cref="BottleneckCache.DefaultDirectory"/>.</summary>
    /// <param name="cache">The cache.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithBottleneckCache(BottleneckCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        return With(_settings with { Cache = cache });
    }

    /// <summary>Keeps no bottlenecks between runs: each run computes all of them.</summary>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithoutBottleneckCache() => With(_settings with { Cache = null });

    /// <summary>
    /// Sets the image formats: which files of data sets at paths are images, how they are decoded, and which files the resulting model
    /// predicts. Default: <see cref="ImageFormats.BuiltIn"/>.
    /// </summary>
    /// <param name="formats">
    /// The formats. An <see cref="ImageDataset"/> that is already open keeps its own; <see cref="Fit"/> throws if it was opened with a
    /// format that is not in this set, since the model could not read such files.
    /// </param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithImageFormats(ImageFormats formats)
    {
        ArgumentNullException.ThrowIfNull(formats);
        return With(_settings with { Formats = formats });
    }

    /// <summary>Sets what trains the head. Default: a <see cref="SoftmaxRetrainer"/> with its default options.</summary>
    /// <param name="retrainer">The retrainer.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithRetrainer(IRetrainer retrainer)
    {
        ArgumentNullException.ThrowIfNull(retrainer);
        return With(_settings with { Retrainer = retrainer });
    }

    /// <summary>Sets the seed of the division into training and validation part, and of everything random. Default: 0.</summary>
    /// <param name="seed">Any number. The same seed gives the same result, bit by bit, for any number of threads.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithSeed(int seed) => With(_settings with { GivenSeed = seed });

    /// <summary>Sets the number of threads. The result does not depend on it. Default: 0.</summary>
    /// <param name="threads">At least 1; 0 for one per processor.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithThreads(int threads) => With(_settings with { Threads = threads });

    /// <summary>
    /// Sets the fraction of each class that is the validation part: the result is evaluated on it, and nothing is chosen by it. Images are
    /// assigned by their content, so that few change their part when others are added. Default: the data set's own validation part, else
    /// 0.2.
    /// </summary>
    /// <param name="fraction">Between 0 and 1, both exclusive. It overrules the data set's own division.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithValidation(double fraction) =>
        With(_settings with { ValidationFraction = fraction, ValidationData = null });

    /// <summary>Sets the images of the validation part: the result is evaluated on them, and nothing is chosen by them. All images of the
    /// data set are then learned from.</summary>
    /// <param name="data">Labeled images of the same classes.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithValidation(ImageDataset data) =>
        With(_settings with { ValidationFraction = null, ValidationData = DataSource.Of(data) });

    /// <inheritdoc cref="WithValidation(ImageDataset)"/>
    /// <param name="path">A folder, manifest or archive: see <see cref="ImageDataset.Open"/>. It is opened by <see cref="Fit"/>.</param>
    public TransferPipeline<TResult> WithValidation(string path) =>
        With(_settings with { ValidationFraction = null, ValidationData = DataSource.At(path) });

    /// <summary>
    /// Makes a model that keeps no hashes of the images that it was trained on. By default, a model keeps the first 8 bytes of the SHA-256
    /// of each image's file, of at most 100,000 images, so that an evaluation can tell how many of its images the model was trained on
    /// (<see cref="Models.TransferModel.FindTrainingImages"/>). Who has a file and the model can tell whether the model was trained on that
    /// file; the hashes reveal nothing else.
    /// </summary>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithoutTrainingHashes() => With(_settings with { KeepsTrainingHashes = false });

    /// <summary>
    /// Sets what a division into parts or folds does with near-copies: pictures that were saved again, resized, brightened, mirrored,
    /// turned by 90, 180 or 270 degrees or cut by about a tenth, second shots of a scene, and images that are named as copies. Default:
    /// <see cref="NearCopyHandling.KeepTogether"/>.
    /// </summary>
    /// <param name="handling">Whether they stay on one side.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithNearCopies(NearCopyHandling handling) => With(_settings with { NearCopies = handling });

    /// <summary>
    /// Learns from further views of each training image beside the image itself: other crops, mirrored, in other light. Validation and test
    /// images, and the held-out part of each fold, stay as they are. Default: none.
    /// </summary>
    /// <param name="augmentation">What a view shows: <see cref="ImageAugmentation.Photos"/> for most photos,
    /// <see cref="ImageAugmentation.Flip"/>, or settings of your own. It must change images.</param>
    /// <param name="views">The number of views of each training image, 1 to 64.</param>
    /// <returns>A changed copy.</returns>
    /// <remarks>
    /// A view runs through the backbone once, as an image does, and is cached: four views take about four times the time of the training
    /// images, and the memory of 4 bytes per view and feature. A view depends on the content of its image and its number alone. The views
    /// of an image together weigh as much as one image, and stay on its side wherever the training images are divided. Counts in results
    /// are those of images. <see cref="Fit"/> throws where nothing is trained on images: advice, and a network that is used as it is.
    /// </remarks>
    public TransferPipeline<TResult> WithAugmentation(ImageAugmentation augmentation, int views = 4)
    {
        ArgumentNullException.ThrowIfNull(augmentation);
        return With(_settings with { Augmentation = new AugmentationSettings(augmentation, views) });
    }

    /// <summary>Sets the clock, for the seconds in the result and the time in the model. Default: the system's.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <returns>A changed copy.</returns>
    public TransferPipeline<TResult> WithTimeProvider(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return With(_settings with { TimeProvider = timeProvider });
    }

    /// <summary>Validates all settings, then runs the strategy and returns its result. Blocks.</summary>
    /// <param name="progress">Receives the progress, from the working threads; null for no progress.</param>
    /// <param name="cancellationToken">Ends the run. During training, the best head so far is kept and the result says that it was
    /// canceled, unless the strategy says otherwise; before, the run throws.</param>
    /// <returns>The result, with the model in it: dispose of that when it is no longer needed.</returns>
    /// <remarks>
    /// Most of the time goes into running each image through the backbone once; images whose bottlenecks are in the cache are not even
    /// read. Training then takes seconds. The bottlenecks of all images are in memory, 4 bytes per image and feature; the images are not.
    /// Images that cannot be used are left out and named in the result, unless a class is lost with them.
    /// </remarks>
    /// <exception cref="InvalidOptionsException">Settings or data cannot be used; it holds all problems that can be found before the
    /// work.</exception>
    /// <exception cref="TransferLearningException">The data cannot be used, as was found during the work; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled before training; bottlenecks computed until then stay in the
    /// cache.</exception>
    public TResult Fit(IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var problems = new List<string>();
        _settings.Validate(_strategy.Demands, problems);
        _strategy.Validate(_settings, problems);
        InvalidOptionsException.ThrowIfAny(problems);
        return _strategy.Run(_settings, progress, cancellationToken);
    }

    /// <summary>Asynchronous counterpart of <see cref="Fit"/>; runs on the thread pool.</summary>
    /// <inheritdoc cref="Fit"/>
    public Task<TResult> FitAsync(IProgress<TransferProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Fit(progress, cancellationToken), cancellationToken);

    /// <summary>The same pipeline, starting from a model.</summary>
    /// <exception cref="InvalidOperationException">The strategy always starts from an untrained head.</exception>
    internal TransferPipeline<TResult> From(ModelSource model) => _continuation is { } continuation
        ? new(continuation(model), _settings, continuation)
        : throw new InvalidOperationException("only a pipeline of TransferPipeline.FineTune continues the training of a model");

    private TransferPipeline<TResult> With(TransferSettings settings) => new(_strategy, settings, _continuation);
}
