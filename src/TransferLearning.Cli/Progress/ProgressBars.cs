using Spectre.Console;

namespace TransferLearning.Cli.Progress;

/// <summary>Shows progress on a terminal: one bar per stage.</summary>
internal sealed class ProgressBars(ProgressContext context, IAnsiConsole console) : IProgress<StageProgress>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _tasks = [];

    public void Report(StageProgress value)
    {
        lock (_lock)
        {
            if (!_tasks.TryGetValue(value.Stage, out ProgressTask? task))
            {
                task = context.AddTask(Markup.Escape(value.Stage));
                _tasks.Add(value.Stage, task);
            }

            if (value.Note is { } note)
            {
                console.WriteLine(note);
            }

            task.IsIndeterminate = value.Total == 0;
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
            task.Description = Markup.Escape(value.Detail.Length > 0 ? $"{value.Stage} ({value.Detail})" : value.Stage);
        }
    }

    /// <summary>Fills all bars: a stage that stopped early would otherwise leave a bar that seems to wait.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            foreach (ProgressTask task in _tasks.Values)
            {
                task.Value = task.MaxValue;
                task.StopTask();
            }
        }
    }
}
