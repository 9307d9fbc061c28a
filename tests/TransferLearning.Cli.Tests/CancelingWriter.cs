namespace TransferLearning.Cli.Tests;

/// <summary>Cancels a run, as Ctrl-C would, as soon as it prints a given text.</summary>
internal sealed class CancelingWriter(string text, CancellationTokenSource cancellation) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.Contains(text, StringComparison.Ordinal) == true)
        {
            cancellation.Cancel();
        }
    }
}
