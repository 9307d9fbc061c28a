using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Progress;
using TransferLearning.Reports;

namespace TransferLearning.Cli.Verbs;

/// <summary>Writes the report that <c>--report</c> asks for, and shows the progress.</summary>
internal static class ReportWriting
{
    /// <param name="host">Where progress goes.</param>
    /// <param name="common">The number of threads, and whether to be quiet.</param>
    /// <param name="file">The file to write; null for none.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Stops the work; no file is left.</param>
    public static async Task WriteAsync(
        CommandHost host, CommonSettings common, OutputFile? file, Report report, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return;
        }

        await ProgressDisplay.RunAsync(host, common.IsQuiet, display => Task.Run(
            () =>
            {
                ReportStage? progress = display is null ? null : new ReportStage(display);
                file.Write(stream => report.With(common.Threads).Save(stream, progress, cancellationToken));
                return true;
            },
            cancellationToken)).ConfigureAwait(false);
    }
}
