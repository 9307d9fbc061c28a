using TransferLearning.Advice;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections.Advice;

/// <summary>The networks that were compared. Immutable.</summary>
internal sealed record CandidatesSection(AdviceResult Result) : IReportSection
{
    public string Title => "Networks";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "Accuracy: in a cross-validation on these images. LogME: how well the features explain the labels before any "
            + "training; higher is better. Similarity: how close the task is to what the network was trained for, from 0 to 1.");
        html.OpenTable(
            $"Networks, the most accurate first; accuracy with its 95\u00A0% interval, on {Figure.Of(Result.Images, "image", "images")}",
            "Network",
            "Accuracy",
            "LogME",
            "Similarity",
            "ms per image",
            "Extraction",
            "Training",
            "Model file",
            "Within limits");
        foreach (BackboneAdvice candidate in Result.Candidates)
        {
            html.Open("tr").Element("th", candidate.Backbone.Name, ("scope", "row"));
            html.ShareCell(candidate.Accuracy, $"{Figure.Percent(candidate.Accuracy)} ({Figure.Range(candidate.AccuracyInterval)})");
            html.Element("td", Figure.Three(candidate.LogMe)).Element("td", Figure.Text($"{candidate.Similarity:0.00}"));
            html.Element("td", Figure.Text($"{candidate.MillisecondsPerImage:0.0}"));
            html.Element("td", Figure.Seconds(candidate.SecondsExtracting)).Element("td", Figure.Seconds(candidate.SecondsTraining));
            html.Element("td", Figure.Megabytes(candidate.ModelBytes)).Element("td", candidate.IsWithinBudget ? "yes" : "no").Close();
        }

        html.CloseTable();
    }
}
