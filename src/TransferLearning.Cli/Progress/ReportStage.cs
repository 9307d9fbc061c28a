using TransferLearning.Reports;

namespace TransferLearning.Cli.Progress;

/// <summary>Shows the progress of writing a report.</summary>
internal sealed class ReportStage(IProgress<StageProgress> display) : IProgress<ReportProgress>
{
    public void Report(ReportProgress value) =>
        display.Report(new StageProgress("Writing the report", value.Done, value.Total, value.Section));
}
