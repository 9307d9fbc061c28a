using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Tests.Formats;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies;

/// <summary>A format that only tests know, from the folder to the loaded model.</summary>
public sealed class PipelineFormatsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PipelineFormatsTests()
    {
        for (int i = 0; i < 24; i++)
        {
            _folder.Write($"photos/{(i % 2 == 0 ? "red" : "blue")}/{i}.toy", Toy(i % 2, i));
        }
    }

    private string Photos => _folder.At("photos");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_format_is_listed_trained_on_and_predicted_when_the_pipeline_has_it()
    {
        FineTuningResult result = Pipeline(Photos).WithImageFormats(ToyDecoder.WithBuiltIn).Fit();
        using TransferModel model = result.Model;
        string unseen = _folder.Write("unseen.toy", Toy(0, 99));

        result.Extraction.Skipped.ShouldBeEmpty();
        (result.TrainImages + result.Validation.Images.Count).ShouldBe(24);
        model.Formats.ShouldBeSameAs(ToyDecoder.WithBuiltIn);
        model.Predict(unseen).Label.ShouldBe("red");
        model.Predict(DrawnImages.Disc(1, 99).File).Label.ShouldBe("blue");
    }

    [Fact]
    public void A_format_is_not_listed_when_the_pipeline_does_not_have_it()
    {
        TransferPipeline<FineTuningResult> without = Pipeline(Photos);

        // The copy shares the source of the data, not what was opened.
        without.WithImageFormats(ToyDecoder.WithBuiltIn).Fit().Model.Dispose();

        Should.Throw<InvalidOptionsException>(() => without.Fit())
            .Message.ShouldContain("holds no images: expected files named .jpg, .jpeg, .jfif, .png, .gif or .bmp");
    }

    [Fact]
    public void Validation_images_at_a_path_are_read_with_the_formats_of_the_pipeline()
    {
        FineTuningResult result = Pipeline(Photos).WithValidation(Photos).WithImageFormats(ToyDecoder.WithBuiltIn).Fit();
        result.Model.Dispose();

        result.Validation.Images.Count.ShouldBe(24);
    }

    [Fact]
    public void A_loaded_model_predicts_the_formats_that_it_was_loaded_with()
    {
        string path = _folder.At("model.onnx");
        string image = _folder.Write("unseen.toy", Toy(1, 99));
        using TransferModel trained = Pipeline(Photos).WithImageFormats(ToyDecoder.WithBuiltIn).Fit().Model;
        trained.Save(path);

        using var without = TransferModel.Load(path);
        using var with = TransferModel.Load(path, new ModelLoadOptions { Formats = ToyDecoder.WithBuiltIn });
        using FileStream file = File.OpenRead(path);
        using var streamed = TransferModel.Load(file, new ModelLoadOptions { Formats = ToyDecoder.WithBuiltIn });

        float[] expected = trained.Predict(image).Probabilities.ToArray();
        with.Predict(image).Probabilities.ToArray().ShouldBe(expected);
        streamed.Predict(File.ReadAllBytes(image)).Probabilities.ToArray().ShouldBe(expected);
        Should.Throw<TransferLearningException>(() => without.Predict(image))
            .Message.ShouldEndWith("the formats that can be decoded are JPEG, PNG, GIF, BMP");

        // The images of a data set have formats of their own.
        var data = ImageDataset.FromFiles([image], new ImageDatasetOptions { Formats = ToyDecoder.WithBuiltIn });
        without.PredictAll(data)[0].Prediction!.Probabilities.ToArray().ShouldBe(expected);
    }

    [Fact]
    public void An_open_data_set_keeps_its_formats_and_the_pipeline_must_have_them_too()
    {
        var data = ImageDataset.Open(Photos, new ImageDatasetOptions { Formats = ToyDecoder.WithBuiltIn });

        Pipeline(data).WithImageFormats(ImageFormats.BuiltIn.Add(new ToyDecoder())).Fit().Model.Dispose();

        Should.Throw<InvalidOptionsException>(() => Pipeline(data).Fit()).Message.ShouldBe(
            $"'{Photos}' was opened with the format Toy, which the pipeline does not have (JPEG, PNG, GIF, BMP), so that its model could "
            + "not read such files: give the formats of the data set to WithImageFormats");
        Should.Throw<InvalidOptionsException>(() => Pipeline(Drawn()).WithValidation(data).Fit()).Message.ShouldContain("WithImageFormats");
        Pipeline(Drawn()).WithImageFormats(ToyDecoder.WithBuiltIn).Fit().Model.Dispose();
    }

    private static TransferPipeline<FineTuningResult> Pipeline(string path) => Set(TransferPipeline.FineTune(path));

    private static TransferPipeline<FineTuningResult> Pipeline(ImageDataset data) => Set(TransferPipeline.FineTune(data));

    private static TransferPipeline<FineTuningResult> Set(TransferPipeline<FineTuningResult> pipeline) =>
        pipeline.WithTinyBackbone().WithoutBottleneckCache().WithThreads(2);

    private static ImageDataset Drawn() => DrawnImages.Set(12, "red", "blue");

    private static byte[] Toy(int color, int seed) => ToyDecoder.Encode(ImageFormats.BuiltIn.Decode(DrawnImages.Disc(color, seed).File));
}
