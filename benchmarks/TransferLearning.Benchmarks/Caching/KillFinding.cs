namespace TransferLearning.Benchmarks.Caching;

/// <summary>What was found after a kill.</summary>
internal sealed record KillFinding
{
    /// <summary>The command, and the moment at which it was killed.</summary>
    public required string Moment { get; init; }

    /// <summary>False where the command had ended before.</summary>
    public required bool WasKilled { get; init; }

    /// <summary>The number of records in the cache.</summary>
    public required int Records { get; init; }

    /// <summary>Complete records with a wrong checksum.</summary>
    public required int Damaged { get; init; }

    /// <summary>Records whose key another one has, but for those that the trial itself has added.</summary>
    public required int Repeated { get; init; }

    /// <summary>Records that are not those of an undisturbed run, right after the kill and after the next run.</summary>
    public required int Different { get; init; }

    /// <summary>Whether the output was there, but not whole.</summary>
    public required bool HasHalfOutput { get; init; }

    /// <summary>Files that the kill has left in the cache folder, but for locks, which may stay.</summary>
    public required int Leftovers { get; init; }

    /// <summary>Those that are still there after the next run.</summary>
    public required int LeftoversAfter { get; init; }

    /// <summary>Locks that nobody can take after the kill.</summary>
    public required int HeldLocks { get; init; }

    /// <summary>Whether the next run has failed, or given another result.</summary>
    public required bool NextFailed { get; init; }

    /// <summary>Temporary files beside the output after the next run.</summary>
    public required int OutputLeftovers { get; init; }

    public bool HasFault => Damaged + Repeated + Different + LeftoversAfter + HeldLocks > 0 || HasHalfOutput || NextFailed;
}
