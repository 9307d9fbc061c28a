using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TransferLearning.Benchmarks;

/// <summary>Runs BenchmarkDotNet's suites. Separate from the entry point, so that a timed process does not load BenchmarkDotNet.</summary>
internal static class BenchmarkSuites
{
    public static int Run(string[] arguments)
    {
        // In this process, because BenchmarkDotNet would otherwise build the libraries, with all generated kernels, again for each suite.
        IConfig config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSuites).Assembly).Run(arguments, config);
        return 0;
    }
}
