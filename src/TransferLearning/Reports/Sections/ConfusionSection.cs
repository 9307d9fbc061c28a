using TransferLearning.Evaluation;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Reports.Sections;

/// <summary>Which class is predicted as which. Immutable.</summary>
internal sealed record ConfusionSection(ConfusionMatrix Matrix) : IReportSection
{
    private const int MaxConfusions = 12;

    public string Title => "Confusion";

    public void Write(HtmlWriter html, ReportRun run)
    {
        html.Element("p", "Each row is a class; its cells show what its images were predicted as. Blue cells, on the diagonal, are "
            + "right; orange cells are mistakes. The stronger the color, the larger the share of the row.");
        (int Actual, int Predicted, int Count)[] mistakes = [.. Mistakes().OrderByDescending(m => m.Count).Take(MaxConfusions)];
        string worst = mistakes.Length == 0 ? "Every image was predicted as its own class." : "The most frequent mistake: images of "
            + $"{Matrix.ClassNames[mistakes[0].Actual]} predicted as {Matrix.ClassNames[mistakes[0].Predicted]}.";
        html.Open("div", ("class", "beside"));
        new ConfusionChart(Matrix).Write(html, $"Confusion matrix of {Matrix.ClassNames.Count} classes. {worst}");
        if (mistakes.Length == 0)
        {
            html.Element("p", worst).Close();
            return;
        }

        html.OpenTable("Most frequent confusions", "Class", "Images", "Share of the class", "Predicted as");
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
