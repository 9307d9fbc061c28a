using TransferLearning.Backbones;
using TransferLearning.Evaluation;
using TransferLearning.Heads;

namespace TransferLearning.Strategies.StageTuning;

/// <summary>What training stages on some rows gave. Immutable.</summary>
/// <param name="Result">The figures.</param>
/// <param name="Backbone">The network with the tuned stages; that of the head alone where they are not kept.</param>
/// <param name="Head">The head over its features.</param>
/// <param name="HeldOut">The predictions for the held-out images by the kept network; null where there are none.</param>
internal sealed record TunedStages(StageTuningResult Result, Backbone Backbone, LinearHead Head, LabeledLogits? HeldOut);
