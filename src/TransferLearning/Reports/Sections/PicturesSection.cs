using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections;

/// <summary>Images as thumbnails, each with a caption and its path. Immutable.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Introduction">What the images have in common, and what to do about them.</param>
/// <param name="Nothing">The text where there are none.</param>
/// <param name="Pictures">The images.</param>
internal sealed record PicturesSection(string Title, string Introduction, string Nothing, IReadOnlyList<PictureItem> Pictures)
    : IReportSection
{
    public void Write(HtmlWriter html, ReportRun run)
    {
        if (Pictures.Count == 0)
        {
            html.Element("p", Nothing);
            return;
        }

        html.Element("p", Introduction);
        PictureList.Write(html, Pictures);
    }
}
