using System.Diagnostics;
using System.Globalization;

namespace TransferLearning.Benchmarks.Endurance;

/// <summary>The memory of this process after a full collection. Immutable.</summary>
/// <param name="ManagedBytes">What the managed heap holds.</param>
/// <param name="PrivateBytes">What the process has in memory that is its own: managed, native and pooled, without mapped files.</param>
internal readonly record struct MemorySample(long ManagedBytes, long PrivateBytes)
{
    private const string OwnPages = "RssAnon:";

    public static MemorySample Now()
    {
        // Twice: objects with finalizers go with the second.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new MemorySample(GC.GetTotalMemory(forceFullCollection: true), Resident());
    }

    private static long Resident()
    {
        if (OperatingSystem.IsLinux())
        {
            string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(OwnPages, StringComparison.Ordinal));
            return 1024 * long.Parse(line[OwnPages.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }

        using var process = Process.GetCurrentProcess();
        return process.PrivateMemorySize64;
    }
}
