using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;
using TransferLearning.Reports.Html;
using TransferLearning.Reports.Sections.Training;
using TransferLearning.Strategies;

namespace TransferLearning.Reports.Sections;

/// <summary>What training the model and predicting with it cost. Immutable.</summary>
/// <param name="Model">The model.</param>
/// <param name="Images">Images to measure the prediction time on; null for none.</param>
/// <param name="Training">The cost of its training; null where it was not trained here.</param>
internal sealed record CostSection(TransferModel Model, ImageDataset? Images, TrainingCost? Training) : IReportSection
{
    public string Title => "Cost";

    public bool IsWide => false;

    public void Write(HtmlWriter html, ReportRun run)
    {
        var figures = new List<KeyFigure>();
        if (Training is { } cost)
        {
            ExtractionSummary extraction = cost.Extraction;
            int images = extraction.CacheHits + extraction.CacheMisses;
            string counted = Model.Origin.Facts.ContainsKey(FactNames.Augmentation)
                ? Figure.Of(images, "image or view of a training image", "images and views of training images")
                : Figure.Of(images, "image", "images");
            string rate = extraction.CacheMisses > 0 && extraction.Seconds > 0
                ? $" {Figure.Text($"{images / extraction.Seconds:#,0}")} images per second."
                : "";
            figures.Add(new KeyFigure(
                "Computing features",
                Figure.Seconds(extraction.Seconds),
                $"Getting the features of {counted} from the network or the cache.{rate}"));
            figures.Add(new KeyFigure(
                "From the cache",
                images == 0 ? "0" : Figure.WholePercent((double)extraction.CacheHits / images),
                $"{Figure.Count(extraction.CacheHits)} of {counted} had been computed in an earlier run."));
            figures.Add(new KeyFigure("Training", Figure.Seconds(cost.SecondsTraining), "Finding the weights of the classifier."));
        }

        figures.Add(new KeyFigure("Model file", Figure.Megabytes(FileBytes()), "One ONNX file with the network and its classifier."));
        if (Images is not null && PredictionTiming.MillisecondsPerImage(Model, Images, run) is { } milliseconds)
        {
            figures.Add(new KeyFigure(
                "Prediction",
                Figure.Text($"{milliseconds:0.0}\u00A0ms"),
                "Per image, from the file's bytes to the label: the median of a few images, on one thread of the machine that wrote this "
                    + "report."));
        }

        KeyFigures.Write(html, figures);
        WriteOrigin(html);
    }

    private void WriteOrigin(HtmlWriter html)
    {
        html.Open("details").Element("summary", "How the model was made").OpenTable("The model", "Fact", "Value");
        html.Row("network", Model.Origin.Backbone ?? "not known");
        html.Row("input", $"{Model.Preprocessing.Width} x {Model.Preprocessing.Height} pixels");
        html.Row("classes", Figure.Count(Model.Labels.Count));
        foreach ((string name, string value) in Model.Origin.Facts)
        {
            html.Row(name, value);
        }

        html.CloseTable().Close();
    }

    private long FileBytes()
    {
        using var content = new MemoryStream();
        Model.Save(content);
        return content.Length;
    }
}
