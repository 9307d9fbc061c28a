using Spectre.Console;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Progress;

/// <summary>Runs long work and shows its progress: bars on a terminal, lines elsewhere, nothing with <c>--quiet</c>.</summary>
internal static class ProgressDisplay
{
    public static async Task<T> RunAsync<T>(CommandHost host, bool isQuiet, Func<IProgress<StageProgress>?, Task<T>> work)
    {
        if (isQuiet)
        {
            return await work(null).ConfigureAwait(false);
        }

        if (!host.ErrorIsTerminal)
        {
            return await work(new ProgressLines(host.Error)).ConfigureAwait(false);
        }

        IAnsiConsole console = CommandHost.CreateConsole(host.Error);
        return await console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bars = new ProgressBars(context, console);
                T result = await work(bars).ConfigureAwait(false);
                bars.Stop();
                return result;
            })
            .ConfigureAwait(false);
    }
}
