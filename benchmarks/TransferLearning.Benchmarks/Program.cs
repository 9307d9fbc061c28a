using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using TransferLearning.Benchmarks.Accuracy;
using TransferLearning.Benchmarks.CrossValidating;
using TransferLearning.Benchmarks.Timing;

// "time-network" serves benchmarks/peers/compare.js, "measure-..." the reports; everything else goes to BenchmarkDotNet.
if (args is ["time-network", .. string[] rest])
{
    return NetworkTiming.Run(rest, Console.Out, Console.Error);
}

// "cross-validation" measures what reports/cross-validation.md states.
if (args is ["cross-validation", .. string[] what])
{
    return CrossValidationMeasurement.Run(what, Console.Out, Console.Error);
}

// "parallel-training" makes the tables of a report.
if (args is ["parallel-training", .. string[] backbones])
{
    return ParallelTrainingAccuracy.Run(backbones, Console.Out);
}

if (args is ["measure-advice", .. string[] advice])
{
    return AdviceMeasurement.Run(advice, Console.Out, Console.Error);
}

if (args is ["measure-unknown", .. string[] unknown])
{
    return UnknownMeasurement.Run(unknown, Console.Out, Console.Error);
}

// In this process: BenchmarkDotNet would otherwise build the libraries, with all their generated kernels, anew for each suite.
IConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(NetworkTiming).Assembly).Run(args, config);
return 0;
