using BenchmarkDotNet.Running;
using TransferLearning.Benchmarks.Timing;

// "time-network" serves benchmarks/peers/compare.js; everything else goes to BenchmarkDotNet.
if (args is ["time-network", .. string[] rest])
{
    return NetworkTiming.Run(rest, Console.Out, Console.Error);
}

BenchmarkSwitcher.FromAssembly(typeof(NetworkTiming).Assembly).Run(args);
return 0;
