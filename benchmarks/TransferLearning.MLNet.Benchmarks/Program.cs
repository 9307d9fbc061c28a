using TransferLearning.MLNet.Benchmarks;

// Each call is one measurement in a process of its own, so that two ways can alternate: see reports/mlnet.md.
return FeaturizerMeasurement.Run(args, Console.Out, Console.Error);
