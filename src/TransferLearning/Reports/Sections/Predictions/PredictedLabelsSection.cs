using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Predictions;

/// <summary>How many images were predicted as each class. Immutable.</summary>
internal sealed record PredictedLabelsSection(IReadOnlyList<PredictedImage> Predicted) : IReportSection
{
    public string Title => "Labels";

    public void Write(HtmlWriter html, ReportRun run)
    {
        bool detects = Predicted.Any(p => p.Prediction.UnknownScore is not null);
        string[] columns = ["Label", "Images", .. detects ? ["Of these, unknown"] : Array.Empty<string>(), "Mean probability", "Lowest"];
        html.OpenTable("Images per predicted label, most first", columns);
        foreach (IGrouping<string, PredictedImage> label in Predicted
            .GroupBy(p => p.Prediction.Label, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            html.Open("tr").Element("th", label.Key, ("scope", "row"));
            html.ShareCell((double)label.Count() / Predicted.Count, Figure.Count(label.Count()));
            if (detects)
            {
                html.Element("td", Figure.Count(label.Count(p => p.Prediction.IsUnknown)));
            }

            html.Element("td", Figure.Percent(label.Average(p => p.Prediction.Probability)));
            html.Element("td", Figure.Percent(label.Min(p => p.Prediction.Probability))).Close();
        }

        html.CloseTable();
    }
}
