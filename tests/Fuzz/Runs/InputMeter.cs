using System.Globalization;

namespace TransferLearning.Fuzz.Runs;

/// <summary>
/// What an input costs the process: processor time of all threads, and memory. The memory is the greater of two figures: all bytes that
/// .NET allocated, which is at least what it kept at a time; and how far the peak of the working set rose, which has what is allocated
/// outside of .NET (0 where there is no <c>/proc</c>).
/// </summary>
internal sealed class InputMeter
{
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);
    public const long MaxBytes = 256L << 20;

    private const string Status = "/proc/self/status";
    private const string PeakField = "VmHWM:";
    private const string CurrentField = "VmRSS:";

    // Beyond this, an earlier peak could hide a later one.
    private const long MaxHidden = 32L << 20;

    private TimeSpan _time;
    private long _allocated;
    private long _resident;

    public void Start()
    {
        _resident = Resident(reset: true);
        _allocated = GC.GetTotalAllocatedBytes();
        _time = Environment.CpuUsage.TotalTime;
    }

    /// <summary>The limits that were exceeded since <see cref="Start"/>; null for none.</summary>
    public string? Stop()
    {
        TimeSpan time = Environment.CpuUsage.TotalTime - _time;
        long bytes = Math.Max(GC.GetTotalAllocatedBytes() - _allocated, Resident(reset: false) - _resident);
        return time > MaxTime ? $"more than {MaxTime.TotalSeconds:0} s of processor time"
            : bytes > MaxBytes ? $"more than {MaxBytes >> 20} MiB of memory"
            : null;
    }

    private static long Resident(bool reset)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        string status = File.ReadAllText(Status);
        long peak = Field(status, PeakField);
        long current = Field(status, CurrentField);
        if (!reset || peak - current <= MaxHidden)
        {
            return reset ? current : peak;
        }

        // Sets the peak to what is resident now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        return current;
    }

    private static long Field(string status, string name)
    {
        ReadOnlySpan<char> rest = status.AsSpan(status.IndexOf(name, StringComparison.Ordinal) + name.Length);
        return long.Parse(rest[..rest.IndexOf('k')].Trim(), NumberStyles.None, CultureInfo.InvariantCulture) << 10;
    }
}
