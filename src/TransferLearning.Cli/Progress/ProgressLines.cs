namespace TransferLearning.Cli.Progress;

/// <summary>
/// Shows progress where no bar can move (a log, a pipe): one line when a stage begins, then at most one for each tenth of it.
/// </summary>
internal sealed class ProgressLines(TextWriter writer) : IProgress<StageProgress>
{
    private const int LinesPerStage = 10;

    private readonly Lock _lock = new();
    private string? _stage;
    private int _shown;

    public void Report(StageProgress value)
    {
        lock (_lock)
        {
            if (value.Stage != _stage)
            {
                (_stage, _shown) = (value.Stage, -1);
            }

            if (value.Note is { } note)
            {
                writer.WriteLine(note);
            }

            int step = value.Total > 0 ? (int)((long)value.Done * LinesPerStage / value.Total) : 0;
            if (step > _shown)
            {
                _shown = step;
                string count = value.Total > 0 ? $" {value.Done}/{value.Total}" : "";
                writer.WriteLine($"{value.Stage}{count}{(value.Detail.Length > 0 ? $" ({value.Detail})" : "")}");
            }
        }
    }
}
