using TransferLearning.Reports.Html;
using TransferLearning.Reports.Pictures;

namespace TransferLearning.Reports.Sections.Predictions;

/// <summary>Images in groups: those of none of the classes first, then those of each label, the least certain ones first. Immutable.
/// </summary>
internal sealed record PredictedPicturesSection(IReadOnlyList<PredictedImage> Predicted) : IReportSection
{
    /// <summary>With about 10 KB per picture, the report stays below 3 MB.</summary>
    public const int MaxPictures = 200;

    // A group of few pictures says more than none.
    private const int MinPerGroup = 4;
    private const int Candidates = 3;

    public string Title => "Images";

    public void Write(HtmlWriter html, ReportRun run)
    {
        PredictedImage[] unknown = [.. Predicted.Where(p => p.Prediction.IsUnknown).OrderByDescending(p => p.Prediction.UnknownScore)];
        (string Title, PredictedImage[] Images)[] groups =
        [
            .. unknown.Length == 0 ? [] : new[] { ("Of none of the classes", unknown) },
            .. Predicted.Where(p => !p.Prediction.IsUnknown)
                .GroupBy(p => p.Prediction.Label, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, g.OrderBy(p => p.Prediction.Probability).ToArray())),
        ];
        int perGroup = groups.Length == 0 ? 0 : Math.Max(MinPerGroup, MaxPictures / groups.Length);
        int left = MaxPictures;
        html.Element("p", "Images of none of the classes come first, the strangest ones before others; their labels are only the nearest. "
            + "Then follow the images of each label, the least certain ones first.");
        foreach ((string title, PredictedImage[] images) in groups)
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            int shown = Math.Min(Math.Min(perGroup, left), images.Length);
            left -= shown;
            html.Element("h3", $"{title} ({Figure.Count(images.Length)})");
            if (shown > 0)
            {
                PictureList.Write(html, images.Take(shown).Select(Describe));
            }

            if (images.Length > shown)
            {
                html.Element("p", $"And {Figure.Count(images.Length - shown)} more.");
            }
        }

        if (Predicted.Count > MaxPictures)
        {
            html.Element("p", $"The report shows at most {MaxPictures} of {Figure.Of(Predicted.Count, "image", "images")}. The command "
                + "transfer predict writes all predictions with its options --csv and --json.");
        }
    }

    private static PictureItem Describe(PredictedImage predicted)
    {
        string[] others =
        [
            .. predicted.Prediction.Top(Candidates).Skip(1).Select(l => $"{l.Label} {Figure.WholePercent(l.Probability)}"),
        ];
        string rest = others.Length == 0 ? "" : $"; {string.Join(", ", others)}";
        return new PictureItem(
            predicted.Image,
            predicted.Prediction.IsUnknown ? "Of none of the classes, nearest to " : "",
            predicted.Prediction.Label,
            $" {Figure.WholePercent(predicted.Prediction.Probability)}{rest}");
    }
}
