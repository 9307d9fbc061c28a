using System.Text;
using TransferLearning.Advice;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Reports;

/// <summary>Reports of predictions, checks and advice.</summary>
public class DataReportTests
{
    [Fact]
    public void Predictions_show_at_most_200_pictures_and_say_how_many_more_there_are()
    {
        ImageDataset data = DrawnImages.Set(110, "blue", "green");
        using TransferModel model = FineTune(DrawnImages.Set(20, "blue", "green"));

        string html = Write(Report.Of(data, model.PredictAll(data)));

        html.ShouldBeWellFormed();
        html.Split("<img ").Length.ShouldBeLessThanOrEqualTo(201);
        html.ShouldContain("at most 200 of 220 images");
        html.ShouldContain(" more.</p>");
        html.ShouldContain(">blue</th>");
    }

    [Fact]
    public void Unknown_images_come_first_and_the_least_certain_ones_of_a_label_before_the_others()
    {
        ImageDataset data = DrawnImages.Set(30, "blue", "green", "red", "yellow");
        using TransferModel model = FineTune(DrawnImages.Set(40, "blue", "green"));
        IReadOnlyList<ImagePrediction> predictions = model.PredictAll(data);

        string html = Write(Report.Of(data, predictions));

        int unknown = predictions.Count(p => p.Prediction!.IsUnknown);
        unknown.ShouldBeGreaterThan(5);
        html.ShouldContain($"<h3>Of none of the classes ({unknown})</h3>");
        html.IndexOf("Of none of the classes (", StringComparison.Ordinal)
            .ShouldBeLessThan(html.IndexOf("<h3>blue (", StringComparison.Ordinal));
        string[] paths =
        [
            .. predictions.Where(p => p.Prediction is { IsUnknown: false, Label: "blue" }).OrderBy(p => p.Prediction!.Probability)
                .Select(p => p.Path),
        ];
        string ofBlue = html[html.IndexOf("<h3>blue (", StringComparison.Ordinal)..html.IndexOf("<h3>green (", StringComparison.Ordinal)];
        ofBlue.IndexOf($"title=\"{paths[0]}\"", StringComparison.Ordinal)
            .ShouldBeInRange(0, ofBlue.IndexOf($"title=\"{paths[^1]}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Predictions_of_other_images_are_refused()
    {
        using TransferModel model = FineTune(DrawnImages.Set(20, "blue", "green"));
        ImageDataset data = DrawnImages.Set(3, "blue");

        Should.Throw<ArgumentException>(() => Report.Of(DrawnImages.Set(4, "blue"), model.PredictAll(data)))
            .Message.ShouldContain("4 images need 4 predictions, not 3");
    }

    [Fact]
    public void A_check_shows_copies_conflicts_and_files_that_cannot_be_read()
    {
        ImageDataset good = DrawnImages.Set(10, "blue", "green");
        var data = ImageDataset.FromImages(
        [
            .. good.Images,
            LabeledImage.FromBytes(good.Images[0].ReadBytes(), "green", "again.jpg"),
            LabeledImage.FromBytes(new byte[] { 1, 2, 3 }, "green", "broken.jpg"),
        ]);

        string html = Write(Report.Of(data, data.Check()));

        html.ShouldBeWellFormed();
        html.ShouldContain("1 picture has different labels: correct them");
        html.ShouldContain("1 image cannot be read, and would be left out");
        html.ShouldContain("The same file, with different labels");
        html.ShouldContain("title=\"again.jpg\"");
        html.ShouldContain(">broken.jpg</span>");
        Write(Report.Of(good, good.Check())).ShouldContain("Nothing stands out: train on them.");
    }

    [Fact]
    public void Advice_shows_networks_reasons_and_the_learning_curve()
    {
        AdviceResult result = TransferPipeline
            .Advise(DrawnImages.Set(20, "blue", "green"), new AdviceOptions { Backbones = [TinyBackbone.Value] })
            .WithSharedBottlenecks().Fit();

        string html = Write(Report.Of(result));

        html.ShouldBeWellFormed();
        html.ShouldContain("<h1>Advice: 40 images</h1>");
        html.ShouldContain(">tiny</th>");
        html.ShouldContain("Learning curve: accuracy ");
        html.ShouldContain("twice the images would give about");
    }

    private static TransferModel FineTune(ImageDataset data) =>
        TransferPipeline.FineTune(data).WithTinyBackbone().WithSharedBottlenecks().Fit().Model;

    private static string Write(Report report)
    {
        using var stream = new MemoryStream();
        report.Save(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
