using TransferLearning.Evaluation;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>Which class is taken for which. Immutable.</summary>
internal sealed record ConfusionSection(ConfusionMatrix Matrix) : IReportSection
{
    private const int MaxConfusions = 12;

    public string Title => "Confusion";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "A row for each class: what its images were taken for. Blue on the diagonal is right, orange beside it is "
            + "wrong; the stronger the color, the larger the share of the row.");
        (int Actual, int Predicted, int Count)[] mistakes = [.. Mistakes().OrderByDescending(m => m.Count).Take(MaxConfusions)];
        string worst = mistakes.Length == 0 ? "No image was taken for another class." : "Most often, images of "
            + $"{Matrix.ClassNames[mistakes[0].Actual]} were taken for {Matrix.ClassNames[mistakes[0].Predicted]}.";
        html.Open("div", ("class", "beside"));
        new ConfusionChart(Matrix).Write(html, $"Confusion matrix of {Matrix.ClassNames.Count} classes. {worst}");
        if (mistakes.Length == 0)
        {
            html.Element("p", worst).Close();
            return;
        }

        html.OpenTable("Most frequent confusions", "Class", "Images", "Of the class", "Taken for");
        foreach ((int actual, int predicted, int count) in mistakes)
        {
            html.Open("tr").Element("th", Matrix.ClassNames[actual], ("scope", "row")).Element("td", Figure.Count(count));
            html.Element("td", Figure.Percent((double)count / Matrix.Metrics(actual).Support));
            html.Element("td", Matrix.ClassNames[predicted], ("class", "name")).Close();
        }

        html.CloseTable().Close();
    }

    private IEnumerable<(int Actual, int Predicted, int Count)> Mistakes() =>
        from actual in Enumerable.Range(0, Matrix.ClassNames.Count)
        from predicted in Enumerable.Range(0, Matrix.ClassNames.Count)
        where actual != predicted && Matrix[actual, predicted] > 0
        select (actual, predicted, Matrix[actual, predicted]);
}
