using TransferLearning.Evaluation;
using TransferLearning.Reports.Charts;
using TransferLearning.Reports.Html;

namespace TransferLearning.Tests.Reports;

public class ChartTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(200)]
    public void A_confusion_matrix_of_any_size_is_drawn(int classes)
    {
        int[] counts = new int[classes * classes];
        for (int i = 0; i < classes; i++)
        {
            (counts[(i * classes) + i], counts[(i * classes) + ((i + 1) % classes)]) = (9, 1);
        }

        var matrix = new ConfusionMatrix([.. Enumerable.Range(0, classes).Select(i => $"a class with a long name, number {i}")], counts);

        string svg = Draw(html => new ConfusionChart(matrix).Write(html, "confusion"));

        svg.ShouldBeWellFormed();
        svg.Split("<rect").Length.ShouldBe((2 * classes) + 2, "only cells that are not empty, and the frame");
        svg.Length.ShouldBeLessThan(200_000);
    }

    [Fact]
    public void A_single_epoch_is_drawn_as_a_point()
    {
        string svg = Draw(html => LineChart.Write(html, "loss", [new LineSeries("first", [0.5])], 1, areShares: false));

        svg.ShouldBeWellFormed();
        svg.ShouldContain("<circle");
        svg.ShouldNotContain("NaN");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.7, 0.71)]
    [InlineData(5, 5)]
    [InlineData(1, 200)]
    public void Ticks_are_few_and_within_the_axis(double low, double high)
    {
        var scale = new Scale(low, high, 0, 100);

        scale.Ticks.Count.ShouldBeInRange(1, 8);
        scale.Ticks.ShouldAllBe(t => scale.At(t) >= -1e-6 && scale.At(t) <= 100 + 1e-6);
    }

    private static string Draw(Action<HtmlWriter> draw)
    {
        using var output = new StringWriter();
        draw(new HtmlWriter(output));
        return output.ToString();
    }
}
