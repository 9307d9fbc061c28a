using TransferLearning.Benchmarks;
using TransferLearning.Benchmarks.Accuracy;
using TransferLearning.Benchmarks.Caching;
using TransferLearning.Benchmarks.Copies;
using TransferLearning.Benchmarks.CrossValidation;
using TransferLearning.Benchmarks.Endurance;
using TransferLearning.Benchmarks.Scaling;
using TransferLearning.Benchmarks.Serving;
using TransferLearning.Benchmarks.Timing;
using TransferLearning.Benchmarks.Training;

// benchmarks/peers/compare.js uses "time-network", the reports use the other verbs; all other arguments go to BenchmarkDotNet.
if (args is ["time-network", .. string[] rest])
{
    return NetworkTiming.Run(rest, Console.Out, Console.Error);
}

if (args is ["profile-network", .. string[] profiled])
{
    return NetworkProfile.Run(profiled, Console.Out, Console.Error);
}

// "measure-operators" times single nodes beside ONNX Runtime, for reports/operators.md.
if (args is ["measure-operators", .. string[] operators])
{
    return OperatorMeasurement.Run(operators, Console.Out, Console.Error);
}

// "training" takes steps that peers/pytorch_training.py takes too, for reports/training.md.
if (args is ["training", .. string[] training])
{
    return TrainingComparison.Run(training, Console.Out, Console.Error);
}

// "write-networks" writes networks with random weights, for the peers to run.
if (args is ["write-networks", .. string[] names])
{
    return RandomNetworks.Write(names, Console.Error);
}

// "cross-validation" measures the figures of reports/cross-validation.md.
if (args is ["cross-validation", .. string[] what])
{
    return CrossValidationMeasurement.Run(what, Console.Out, Console.Error);
}

// "parallel-training" prints the tables of reports/parallel-training.md.
if (args is ["parallel-training", .. string[] backbones])
{
    return ParallelTrainingAccuracy.Run(backbones, Console.Out);
}

if (args is ["measure-advice", .. string[] advice])
{
    return AdviceMeasurement.Run(advice, Console.Out, Console.Error);
}

if (args is ["measure-continuing", .. string[] continuing])
{
    return ContinuedTrainingMeasurement.Run(continuing, Console.Out, Console.Error);
}

if (args is ["measure-unknown", .. string[] unknown])
{
    return UnknownMeasurement.Run(unknown, Console.Out, Console.Error);
}

if (args is ["measure-precision", .. string[] networks])
{
    return PrecisionMeasurement.Run(networks, Console.Out);
}

if (args is ["measure-normalization", .. string[] checkedNetworks])
{
    return NormalizationMeasurement.Run(checkedNetworks, Console.Out);
}

if (args is ["measure-augmentation", .. string[] augmentation])
{
    return AugmentationMeasurement.Run(augmentation, Console.Out, Console.Error);
}

if (args is ["measure-bias", .. string[] bias])
{
    return BiasMeasurement.Run(bias, Console.Out, Console.Error);
}

if (args is ["measure-transfer", .. string[] transfer])
{
    return TransferTimeMeasurement.Run(transfer, Console.Out, Console.Error);
}

if (args is ["measure-unfreezing", .. string[] unfreezing])
{
    return UnfreezingMeasurement.Run(unfreezing, Console.Out, Console.Error);
}

if (args is ["measure-copies", .. string[] copies])
{
    return CopiesMeasurement.Run(copies, Console.Out);
}

if (args is ["measure-long-runs", .. string[] runs])
{
    return LongRunsMeasurement.Run(runs, Console.Out);
}

if (args is ["measure-cancellation", .. string[] moments])
{
    return CancellationMeasurement.Run(moments, Console.Out);
}

if (args is ["measure-cache-processes", .. string[] sharing])
{
    return ProcessSharing.Run(sharing, Console.Out, Console.Error);
}

if (args is ["measure-merge", .. string[] merges])
{
    return MergeMeasurement.Run(merges, Console.Out, Console.Error);
}

if (args is ["measure-listing", .. string[] listings])
{
    return ListingMeasurement.Run(listings, Console.Out, Console.Error);
}

if (args is ["measure-folds", .. string[] folds])
{
    return FoldsMeasurement.Run(folds, Console.Out, Console.Error);
}

if (args is ["measure-shards", .. string[] shards])
{
    return ShardEfficiency.Run(shards, Console.Out, Console.Error);
}

if (args is ["measure-kills", .. string[] kills])
{
    return KillMeasurement.Run(kills, Console.Out, Console.Error);
}

if (args is ["measure-resume", .. string[] resumes])
{
    return ResumeMeasurement.Run(resumes, Console.Out, Console.Error);
}

// "measure-serving" starts the web sample and its peer.
if (args is ["measure-serving", .. string[] serving])
{
    return ServingMeasurement.Run(serving, Console.Out, Console.Error);
}

// "time-start" starts this program with "predict-once": for reports/start.md.
if (args is ["time-start", .. string[] start])
{
    return StartTiming.Run(start, Console.Out, Console.Error);
}

if (args is ["predict-once", .. string[] once])
{
    return StartTiming.PredictOnce(once);
}

#if VISION
// "vision" times ML.NET's trainer alone, this library with it, and this library with its own trainer: docs/mlnet.md.
if (args is ["vision", .. string[] rounds])
{
    return TransferLearning.Benchmarks.Vision.VisionMeasurement.Run(rounds, Console.Out, Console.Error);
}
#endif

return BenchmarkSuites.Run(args);
