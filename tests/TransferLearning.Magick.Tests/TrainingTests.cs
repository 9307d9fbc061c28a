using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Evaluation;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Magick.Tests;

/// <summary>Golden/discs.zip has red and blue discs, as WebP, AVIF, HEIC and TIFF in turn.</summary>
public sealed class TrainingTests
{
    private static readonly string Discs = Path.Combine(AppContext.BaseDirectory, "Golden", "discs.zip");

    [Fact]
    public void WebP_AVIF_HEIC_and_TIFF_files_train_are_predicted_and_evaluated()
    {
        var options = new ImageDatasetOptions { Formats = MagickFormats.All };
        var data = ImageDataset.Open(Discs, options);
        data.Images.Select(i => Path.GetExtension(i.Path)).Distinct().Order().ShouldBe([".avif", ".heic", ".tif", ".webp"]);

        FineTuningResult result = TransferPipeline.FineTune(data).WithBackbone(Backbone.Compact).WithImageFormats(MagickFormats.All).Fit();
        using TransferModel model = result.Model;

        result.Extraction.Skipped.ShouldBeEmpty();
        model.Labels.ShouldBe(["blue", "red"]);
        IReadOnlyList<ImagePrediction> predictions = model.PredictAll(data);
        predictions.Zip(data.Images).Count(p => p.First.Prediction!.Label == p.Second.Label).ShouldBeGreaterThanOrEqualTo(36);
        foreach ((LabeledImage image, ImagePrediction together) in data.Images.Zip(predictions).Take(4))
        {
            model.Predict(image.ReadBytes()).Probabilities.ToArray().ShouldBe(together.Prediction!.Probabilities.ToArray());
        }

        ModelEvaluation evaluation = model.Evaluate(data);
        evaluation.Metrics.Accuracy.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Without_the_formats_every_file_is_left_out_by_its_format()
    {
        string message = Should.Throw<TransferLearningException>(() => ImageDataset.Open(Discs)).Message;

        message.ShouldContain("TransferLearning.Magick");
    }
}
