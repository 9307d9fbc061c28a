using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>A part of a report with a heading of its own. Immutable.</summary>
internal interface IReportSection
{
    string Title { get; }

    /// <summary>Whether it needs the width of the page; else two of them stand side by side on a wide screen. Default: true.</summary>
    bool IsWide => true;

    /// <summary>Writes what comes below the heading.</summary>
    void Write(HtmlWriter html, ReportRun run);
}
