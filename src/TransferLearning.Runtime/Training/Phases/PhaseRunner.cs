using System.Diagnostics;
using TransferLearning.Runtime.Execution;

namespace TransferLearning.Runtime.Training.Phases;

/// <summary>
/// Runs phases on a team of threads, which take the items of a phase from a shared counter. Runs one list of phases at a time; a run
/// allocates nothing.
/// </summary>
internal sealed class PhaseRunner : IDisposable
{
    private readonly ThreadTeam _team;
    private readonly TrainingWorkspace[] _workspaces;
    private readonly Action<int> _job;
    private readonly int[] _taken;
    private readonly int[] _items;
    private TrainingPhase[] _phases = [];

    /// <param name="threads">The number of threads.</param>
    /// <param name="maxPhases">The length of the longest list.</param>
    /// <param name="createWorkspace">Creates a thread's memory.</param>
    public PhaseRunner(int threads, int maxPhases, Func<TrainingWorkspace> createWorkspace)
    {
        _team = new ThreadTeam(threads);
        _workspaces = [.. Enumerable.Range(0, threads).Select(_ => createWorkspace())];
        _job = RunThread;
        _taken = new int[maxPhases];
        _items = new int[maxPhases];
        Ticks = new long[maxPhases];
    }

    /// <summary>The time that each phase of the last run took, in ticks of the stopwatch.</summary>
    public long[] Ticks { get; }

    public void Run(TrainingPhase[] phases, int images)
    {
        _phases = phases;
        for (int i = 0; i < phases.Length; i++)
        {
            (_taken[i], _items[i]) = (0, phases[i].Items(images));
        }

        foreach (TrainingWorkspace workspace in _workspaces)
        {
            workspace.Images = images;
        }

        _team.Run(_job);
    }

    public void Dispose()
    {
        _team.Dispose();
        foreach (TrainingWorkspace workspace in _workspaces)
        {
            workspace.Dispose();
        }
    }

    private void RunThread(int thread)
    {
        TrainingWorkspace workspace = _workspaces[thread];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < _phases.Length; i++)
        {
            TrainingPhase phase = _phases[i];
            for (int item = Take(i); item < _items[i]; item = Take(i))
            {
                phase.Run(item, workspace);
            }

            _team.Barrier();
            if (thread == 0)
            {
                long end = Stopwatch.GetTimestamp();
                (Ticks[i], start) = (end - start, end);
            }
        }
    }

    private int Take(int phase) => Interlocked.Increment(ref _taken[phase]) - 1;
}
