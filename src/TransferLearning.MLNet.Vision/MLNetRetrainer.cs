using TransferLearning.Backbones;
using TransferLearning.Heads;
using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.MLNet.Vision.Training;
using TransferLearning.MLNet.Vision.Weights;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.MLNet.Vision;

/// <summary>
/// Trains the head with ML.NET's <c>ImageClassificationTrainer</c> (TensorFlow): softmax regression by plain gradient descent on the 1001
/// logits of one of its four networks. This library computes these bottlenecks from the trainer's own network file and keeps them in its
/// cache, for any number of fits and folds. The trained head becomes part of an ordinary <see cref="TransferModel"/>: it is saved as
/// ONNX, and needs neither ML.NET nor TensorFlow. Immutable and thread-safe; fits in one process wait for each other.
/// </summary>
/// <remarks>
/// The number of epochs is chosen on a fifth of the training rows, at most 800: a first run learns from the others. A second run then
/// learns from all training rows for as many epochs. With fewer than five training rows, or one group, all epochs are run. Rows with
/// different weights (<see cref="LabeledBottlenecks.Weights"/>) are repeated. The trainer supports no seed, no initial head and no class
/// weights, and it trains no stages of the network: use the softmax trainer (<see cref="SoftmaxRetrainer"/>) for these. With that one,
/// <see cref="FineTuningOptions.UnfrozenStages"/> unfreezes the last stages.
/// </remarks>
public sealed partial class MLNetRetrainer : IRetrainer
{
    // TensorFlow.NET builds its graphs in static variables.
    private static readonly Lock Turn = new();

    private readonly ITrainer _trainer;
    private readonly NetworkFile? _file;
    private readonly Lazy<Backbone> _backbone;

    internal MLNetRetrainer(MLNetRetrainerOptions? options, ITrainer trainer)
    {
        Options = options ?? new MLNetRetrainerOptions();
        _trainer = trainer;
        _file = NetworkFile.All.FirstOrDefault(f => f.Network == Options.Network);

        // A failure is not remembered: the user may repair the file and call Fit again.
        _backbone = new Lazy<Backbone>(() => Backbone.FromFile(Options.WeightsOrStored.Path), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The options of the training.</summary>
    public MLNetRetrainerOptions Options { get; }

    /// <summary>The trainer's network as a backbone of this library. Loaded at the first access.</summary>
    /// <exception cref="TransferLearningException">The network's file cannot be used: see <see cref="Validate"/>.</exception>
    public Backbone RequiredBackbone => _backbone.Value;

    Backbone? IRetrainer.RequiredBackbone => RequiredBackbone;

    /// <inheritdoc/>
    public IReadOnlyList<string> Validate(RetrainingDemands demands)
    {
        ArgumentNullException.ThrowIfNull(demands);
        List<string> problems = [.. Options.Validate()];
        UnmetDemands.Add(demands, problems);
        _trainer.Validate(problems);
        if (_file is not null && !_backbone.IsValueCreated && WeightsCheck.Problem(Options.WeightsOrStored, _file) is { } problem)
        {
            problems.Add(problem);
        }

        return problems;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOptionsException">The options cannot be used, or the trainer cannot run here.</exception>
    public RetrainedHead Retrain(LabeledBottlenecks training, LabeledBottlenecks? validation, RetrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        var demands = new RetrainingDemands { InitialHead = context.InitialHead is not null, RowWeights = !training.Weights.IsEmpty };
        InvalidOptionsException.ThrowIfAny(Validate(demands));
        RetrainingChecks.Require(training, validation, context);
        TrainerFit.RequireSize(training, Options.Network);
        lock (Turn)
        {
            string copies = Path.Combine(Options.WorkspaceDirectory ?? MLNetWeights.DefaultDirectory, "networks");
            string weights = WeightsPlacement.Place(Options.WeightsOrStored.Path, _file!, copies);
            return new TrainerFit(Options, _file!, weights, _trainer, context).Run(training, validation);
        }
    }
}
