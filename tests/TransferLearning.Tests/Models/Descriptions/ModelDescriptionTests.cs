using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Files;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Models.Descriptions;

public sealed class ModelDescriptionTests : IDisposable
{
    private static readonly string[] Labels = ["red", "blue"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_saved_model_says_how_it_was_made_and_how_well_it_did()
    {
        FineTuningResult result = TransferPipeline.FineTune(DrawnImages.Set(20, Labels)).WithTinyBackbone().WithoutBottleneckCache()
            .WithSeed(7).Fit();
        string path = _folder.At("discs.onnx");
        result.Model.Save(path, new ModelSaveOptions { Weights = WeightPrecision.Float16 });

        ModelDescription model = TransferModel.DescribeFile(path);

        model.Labels.ShouldBe(result.Model.Labels);
        (model.Backbone, model.BackboneFingerprint, model.Features).ShouldBe(("tiny", TinyBackbone.Value.Fingerprint, 32));
        model.Training.Strategy.ShouldBe("fine-tuning");
        model.Training.Images.ShouldBe(result.TrainImages);
        model.Training.Epochs.ShouldBe(result.Steps[^1].Training.History.Count);
        model.Training.BestEpoch.ShouldBe(result.Steps[^1].Training.BestEpoch);
        model.Training.Trainer.ShouldBe("softmax (Lbfgs)");
        model.Training.Seed.ShouldBe(7);
        model.Figures.Accuracy!.Value.ShouldBe(result.Metrics.Accuracy, 1e-4);
        model.Figures.Images.ShouldBe(result.Metrics.Images);
        model.Figures.AccuracyInterval!.Lower.ShouldBe(result.Metrics.AccuracyInterval().Lower, 1e-4);
        model.TrainingHashes.ShouldBe(result.TrainImages);
        model.StoredAs.ShouldBe(WeightPrecision.Float16);
        model.WeightsLicense.ShouldBe(FactNames.UnknownLicense);
        model.LibraryVersion.ShouldBe(LibraryVersion.Text);
        model.Created.ShouldNotBeNull();
        (model.File!.Path, model.File.Bytes).ShouldBe((path, new FileInfo(path).Length));
    }

    [Fact]
    public void A_cross_validated_model_has_the_mean_of_its_folds_and_their_interval()
    {
        CrossValidationResult result = TransferPipeline
            .CrossValidate(DrawnImages.Set(12, Labels), new CrossValidationOptions { Folds = 3 })
            .WithTinyBackbone().WithoutBottleneckCache().Fit();

        ModelFigures figures = result.Model.Describe().Figures;

        figures.Folds.ShouldBe(3);
        figures.Accuracy!.Value.ShouldBe(result.MeanAccuracy, 1e-4);
        figures.AccuracyInterval!.Lower.ShouldBe(result.AccuracyInterval().Lower, 1e-4);
        figures.AccuracyInterval.Upper.ShouldBe(result.AccuracyInterval().Upper, 1e-4);
        figures.Images.ShouldBe(24);
    }

    [Fact]
    public void Built_in_weights_have_their_license_in_files_that_do_not_say_it_too()
    {
        int features = Backbone.Compact.FeatureSize;
        var head = new LinearHead(2, features, new float[2 * features], new float[2]);
        using var model = new TransferModel(Backbone.Compact, head, Labels);
        using var other = new TransferModel(
            TinyBackbone.Value, new LinearHead(2, 32, new float[64], new float[2]), Labels, new ModelOrigin { Backbone = "compact" });

        model.Describe().WeightsLicense.ShouldBe(Backbone.CompactLicense);
        other.Describe().WeightsLicense.ShouldBeNull("it has only the name of the built-in network");
    }

    [Fact]
    public void The_license_is_kept_when_a_model_is_trained_further()
    {
        ImageDataset images = DrawnImages.Set(12, Labels);
        TransferModel first = TransferPipeline.FineTune(images).WithBackbone(Backbone.Compact).WithoutBottleneckCache().Fit().Model;

        TransferModel second = TransferPipeline.FineTune(images).ContinueFrom(first).WithoutBottleneckCache().Fit().Model;

        second.Describe().WeightsLicense.ShouldBe(Backbone.CompactLicense);
    }

    [Fact]
    public void A_model_without_facts_has_no_figures_but_all_else()
    {
        using var model = new TransferModel(TinyBackbone.Value, new LinearHead(2, 32, new float[64], new float[2]), Labels);

        ModelDescription description = model.Describe();

        description.BackboneFingerprint.ShouldBe(TinyBackbone.Value.Fingerprint);
        description.Figures.ShouldBe(new ModelFigures());
        description.Training.ShouldBe(new ModelTraining());
        description.FormatVersion.ShouldBe(1);
        description.Weights.ShouldBeGreaterThan(64);
        description.ToModelCard().ShouldContain("not recorded");
    }

    [Fact]
    public void A_model_card_names_classes_figures_limits_and_how_to_load_the_model()
    {
        FineTuningResult result = TransferPipeline.FineTune(DrawnImages.Set(20, "red | hot", "blue")).WithTinyBackbone()
            .WithoutBottleneckCache().Fit();
        string path = _folder.At("discs.onnx");
        result.Model.Save(path);

        string card = TransferModel.DescribeFile(path).ToModelCard();

        card.ShouldStartWith("# Model card: discs\n");
        foreach (string part in (string[])[
            "## Intended use", "## Limits", "## Data and training", "## Figures", "## Model", "TransferModel.Load(\"discs.onnx\")",
            "transfer export discs.onnx --to DIR", "red | hot", $"{100 * result.Metrics.Accuracy:0.0} %"])
        {
            card.ShouldContain(part);
        }
    }
}
