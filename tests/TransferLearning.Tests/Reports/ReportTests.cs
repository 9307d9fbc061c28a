using System.Text;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Reports;
using TransferLearning.Reports.Html;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private static readonly string[] Hostile = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "a & b 'c'"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fine_tuning_is_reported_in_all_its_sections()
    {
        string html = Write(Report.Of(FineTune(DrawnImages.Set(12, "blue", "green", "red"))));

        html.ShouldStartWith("<!DOCTYPE html>");
        html.ShouldBeWellFormed();
        string[] sections =
        [
            "Summary", "Training curves", "Confusion", "Classes", "Calibration", "Worst mistakes", "Where the network looked", "Data",
            "Cost",
        ];
        foreach (string section in sections)
        {
            html.ShouldContain($">{section}</h2>");
        }

        html.ShouldContain("data:image/jpeg;base64,");
        html.ShouldContain("prefers-color-scheme: dark");
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
    {
        string html = Write(Report.Of(FineTune(DrawnImages.Set(12, "blue", "red"))));

        html.ShouldNotContain("http:");
        html.ShouldNotContain("https:");
        html.ShouldNotContain("<script");
        html.ShouldNotContain("url(");
        html.Split("src=\"").Skip(1).ShouldAllBe(s => s.StartsWith("data:image/jpeg;base64,", StringComparison.Ordinal));
        html.ShouldContain("default-src &#39;none&#39;");
    }

    [Fact]
    public void Hostile_labels_and_file_names_stay_text()
    {
        var data = ImageDataset.FromImages(DrawnImages.Set(10, Hostile).Images.Select((image, i) =>
            LabeledImage.FromBytes(image.ReadBytes(), image.Label, $"<svg onload=alert({i})>\u202E.jpg")));

        string tuned = Write(Report.Of(FineTune(data)));
        string evaluated = Write(Report.Of(FineTune(data).Model.Evaluate(Mislabeled(data))));

        foreach (string html in new[] { tuned, evaluated })
        {
            html.ShouldBeWellFormed();
            html.ShouldNotContain("<script");
            html.ShouldNotContain("<img src=x");
            html.ShouldNotContain("<svg onload");
            html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        }

        evaluated.ShouldContain("&lt;svg onload=alert(");
    }

    [Fact]
    public void The_worst_mistakes_show_their_label_their_prediction_and_their_path()
    {
        ImageDataset data = DrawnImages.Set(10, "blue", "red");

        string html = Write(Report.Of(FineTune(data).Model.Evaluate(Mislabeled(data))));

        html.ShouldContain("Labeled <bdi>blue</bdi>, predicted as <bdi>red</bdi>");
        html.ShouldContain("alt=\"Labeled blue, predicted as red (");
        html.ShouldContain("title=\"disc-1-0.jpg\"");
    }

    [Fact]
    public void Cross_validation_parallel_training_and_pre_training_are_reported_too()
    {
        ImageDataset data = DrawnImages.Set(12, "blue", "red");

        string folds = Write(Report.Of(TransferPipeline.CrossValidate(data).WithTinyBackbone().WithSharedBottlenecks().Fit()));
        string segments = Write(Report.Of(TransferPipeline
            .ParallelTrain(DrawnImages.Set(8, "blue", "red"), data, new ParallelTrainingOptions { Segments = 2 })
            .WithTinyBackbone().WithSharedBottlenecks().Fit()));
        string head = Write(Report.Of(TransferPipeline.PreTrain(data).WithTinyBackbone().WithSharedBottlenecks().Fit()));

        folds.ShouldContain(">Folds</h2>");
        folds.ShouldContain(">Probably wrong labels</h2>");
        folds.ShouldContain(">Hardest images</h2>");
        folds.ShouldContain(">Calibration</h2>");
        segments.ShouldContain(">Models compared</h2>");
        segments.ShouldContain(">Pseudo-labels</h2>");
        segments.ShouldContain(">segment 2</th>");
        head.ShouldContain("<h1>Pre-training");
        foreach (string html in new[] { folds, segments, head })
        {
            html.ShouldBeWellFormed();
        }
    }

    [Fact]
    public void A_cross_validations_calibration_is_shown_before_and_after_the_temperature()
    {
        ImageDataset data = DrawnImages.Set(12, "blue", "red");
        var wrong = ImageDataset.FromImages(
            data.Images.Select((image, i) => i % 5 == 0 ? image.WithLabel(image.Label == "blue" ? "red" : "blue") : image));
        CrossValidationResult result = TransferPipeline.CrossValidate(wrong).WithTinyBackbone().WithSharedBottlenecks().Fit();

        string html = Write(Report.Of(result));

        html.ShouldBeWellFormed();
        html.ShouldContain("was fitted on these predictions");
        html.ShouldContain($"Before the temperature: calibration error {Figure.Percent(result.Calibration.ErrorBefore)}");
        html.ShouldContain($"After the temperature: calibration error {Figure.Percent(result.Calibration.ErrorAfter)}");
    }

    [Fact]
    public void Labels_for_a_data_set_are_reported_with_their_agreement()
    {
        TransferModel model = FineTune(DrawnImages.Set(12, "blue", "red")).Model;

        string html = Write(Report.Of(model.Label(DrawnImages.Set(3, "blue", "red", "gray"))));

        html.ShouldBeWellFormed();
        html.ShouldContain("Agreement");
        html.ShouldContain("no class of the model stands for gray");
    }

    [Fact]
    public void Every_accuracy_has_its_interval_and_the_images_that_it_rests_on()
    {
        ImageDataset data = DrawnImages.Set(12, "blue", "red");

        string tuned = Write(Report.Of(TransferPipeline
            .FineTune(DrawnImages.Set(11, "blue", "red"), data).WithTinyBackbone().WithSharedBottlenecks().Fit()));
        CrossValidationResult validated = TransferPipeline.CrossValidate(data).WithTinyBackbone().WithSharedBottlenecks().Fit();
        ParallelTrainingResult segments = TransferPipeline
            .ParallelTrain(data, DrawnImages.Set(24, "blue", "red")).WithTinyBackbone().WithSharedBottlenecks().Fit();

        tuned.ShouldContain("Accuracy after each step, with its 95\u00A0% interval");
        Write(Report.Of(validated)).ShouldContain(Figure.Accuracy(validated.Folds[0].Metrics));
        Write(Report.Of(segments)).ShouldContain($"that of the combined model {Figure.Accuracy(segments.CombinedMetrics)}.");
        Figure.Accuracy(29 / 44.0, 44).ShouldBe("65.9\u00A0% (51 to 78\u00A0%, 44 images)");
        Write(Report.Of(FineTune(data))).ShouldContain("(the 95\u00A0% interval).");
    }

    [Fact]
    public void Few_images_and_images_that_the_model_was_trained_on_are_said()
    {
        FineTuningResult few = FineTune(DrawnImages.Set(9, "blue", "red"));

        string tuned = Write(Report.Of(few));
        string evaluated = Write(Report.Of(few.Model.Evaluate(few.TrainingData)));
        string labeled = Write(Report.Of(few.Model.Label(few.TrainingData)));

        tuned.ShouldContain("fewer than 10 images of 2 classes (blue: 9, red: 9)");
        tuned.ShouldContain($"measured on only {few.ValidationImages} images: the command transfer cross-validate, or "
            + "TransferPipeline.CrossValidate,");
        string overlap = $"{few.TrainImages} of {few.TrainImages} images were in the training data of this model";
        tuned.ShouldNotContain("were in the training data");
        evaluated.ShouldContain(overlap);
        labeled.ShouldContain(overlap);
    }

    [Fact]
    public void Every_image_that_was_left_out_is_named()
    {
        IEnumerable<LabeledImage> broken = Enumerable.Range(0, 30)
            .Select(i => LabeledImage.FromBytes(new byte[] { 1, 2, 3, (byte)i }, "blue", $"broken-{i}.jpg"));

        string html = Write(Report.Of(FineTune(ImageDataset.FromImages(DrawnImages.Set(12, "blue", "red").Images.Concat(broken)))));

        for (int i = 0; i < 30; i++)
        {
            html.ShouldContain($">broken-{i}.jpg</span>");
        }
    }

    [Fact]
    public void An_image_that_is_gone_is_marked_as_missing()
    {
        foreach (LabeledImage image in DrawnImages.Set(10, "blue", "red").Images)
        {
            _folder.Write(Path.Combine(image.Label!, image.Path), image.ReadBytes());
        }

        var data = ImageDataset.Open(_folder.Path);
        ModelEvaluation evaluation = FineTune(data).Model.Evaluate(Mislabeled(data));
        Directory.Delete(_folder.At("red"), recursive: true);

        string html = Write(Report.Of(evaluation));

        html.ShouldBeWellFormed();
        html.ShouldContain("can no longer be read");
    }

    [Fact]
    public void The_file_appears_only_when_it_is_complete()
    {
        var report = Report.Of(FineTune(DrawnImages.Set(10, "blue", "red")));
        using var cancellation = new CancellationTokenSource();
        var progress = new RelayedProgress<ReportProgress>(p =>
        {
            if (p.Section == "Data")
            {
                cancellation.Cancel();
            }
        });

        Should.Throw<OperationCanceledException>(() => report.Save(_folder.At("report.html"), progress, cancellation.Token));
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
        report.Save(_folder.At("report.html"));
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.At("report.html")]);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        var report = Report.Of(FineTune(DrawnImages.Set(10, "blue", "red")));

        Should.Throw<TransferLearningException>(() => report.Save(_folder.At("nowhere/report.html"))).Message.ShouldContain("report.html");
    }

    private static FineTuningResult FineTune(ImageDataset data) =>
        TransferPipeline.FineTune(data).WithTinyBackbone().WithSharedBottlenecks().Fit();

    /// <summary>Every image under the name of the next class.</summary>
    private static ImageDataset Mislabeled(ImageDataset data)
    {
        IEnumerable<string> next = data.LabelIndices.ToArray().Select(label => data.Labels[(label + 1) % data.Labels.Count]);
        return ImageDataset.FromImages(data.Images.Zip(next, (image, label) => image.WithLabel(label)));
    }

    private static string Write(Report report)
    {
        using var stream = new MemoryStream();
        report.Save(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
