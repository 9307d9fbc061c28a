using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Inference;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Tests.Tuning.Stages;

namespace TransferLearning.Tests.Strategies.StageTuning;

public sealed class UnfrozenCrossValidationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_fold_is_tuned_and_evaluated_beside_its_head_alone()
    {
        CrossValidationResult heads = Pipeline(stages: 0).Fit();

        CrossValidationResult result = Pipeline(stages: 2).Fit();

        result.Folds.Count.ShouldBe(3);
        for (int i = 0; i < 3; i++)
        {
            StageTuningResult tuning = result.Folds[i].Tuning.ShouldNotBeNull();
            tuning.HeadMetrics.Accuracy.ShouldBe(heads.Folds[i].Metrics.Accuracy);
            tuning.HeldOutImages.ShouldBeLessThan(result.Folds[i].TrainImages / 3);
            (result.Folds[i].Metrics.LogLoss == tuning.HeadMetrics.LogLoss).ShouldBe(!tuning.IsKept);
        }

        result.Folds.Count(f => f.Tuning!.IsKept).ShouldBeGreaterThan(0);
        result.UncalibratedMetrics.Accuracy.ShouldBe(result.MeanAccuracy, 0.02);
        result.Tuning.ShouldNotBeNull().HeadMetrics.Accuracy.ShouldBe(heads.UncalibratedMetrics.Accuracy);
    }

    [Fact]
    public void The_images_of_a_fold_are_predicted_by_its_tuned_network()
    {
        CrossValidationResult result = Pipeline(stages: 2).Fit();
        int fold = result.Folds.First(f => f.Tuning!.IsKept).Number;
        (Backbone backbone, LinearHead head) = result.FoldNetworks[fold];
        using var network = TransferModel.Of(
            backbone, [head], result.Model.Labels, result.Model.Origin, null, null, ImageFormats.BuiltIn, EmbeddedEngine.Instance);
        LabeledImage[] images = [.. result.OutOfFold.Images.Images];
        int[] folds = result.OutOfFold.Folds.ToArray();

        int[] ofFold = [.. Enumerable.Range(0, images.Length).Where(i => folds[i] == fold)];

        ofFold.Length.ShouldBe(result.Folds[fold].Metrics.Images);
        foreach (int i in ofFold)
        {
            network.Predict(images[i].ReadBytes()).Probabilities[0].ShouldBe(result.OutOfFold.Row(i)[0], 1e-3f);
        }
    }

    [Fact]
    public void The_model_of_tuned_stages_has_no_detector_and_says_so()
    {
        CrossValidationResult result = Pipeline(stages: 2).Fit();
        result.Model.Save(_folder.At("model.onnx"));
        using var model = TransferModel.Load(_folder.At("model.onnx"));

        result.Tuning!.IsKept.ShouldBeTrue();
        result.Tuning.IsOfAllImages.ShouldBeTrue();
        model.RemembersClasses.ShouldBeFalse();
        result.Warnings.ShouldContain(w => w.StartsWith("the model assigns each image to a class: a detector of images of none"));
        model.Origin.Facts["tunedStages"].ShouldBe("2 of 3");
        LabeledImage[] unseen = [.. DrawnImages.Set(30, UnfrozenStages.Classes).Images.Where((_, i) => i % 30 >= 20)];
        ((double)unseen.Count(i => model.Predict(i.ReadBytes()).Label == i.Label) / unseen.Length)
            .ShouldBe(result.MeanAccuracy, 0.25);
    }

    [Fact]
    public void Without_a_detector_in_the_options_nothing_is_said_of_it() => Pipeline(stages: 2, falseRejectRate: null).Fit()
        .Warnings.ShouldNotContain(w => w.Contains("detector"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Threads_and_the_cache_change_no_bit_and_inputs_are_computed_once(int views)
    {
        TransferPipeline<CrossValidationResult> pipeline = Pipeline(stages: 1).WithBottleneckCache(_folder.At("cache"));
        pipeline = views == 0 ? pipeline : pipeline.WithAugmentation(ImageAugmentation.Flip, views);

        CrossValidationResult first = pipeline.WithThreads(1).Fit(), second = pipeline.WithThreads(4).Fit();

        UnfrozenStages.Bytes(second.Model).AsSpan().SequenceEqual(UnfrozenStages.Bytes(first.Model)).ShouldBeTrue();
        second.Folds.Select(f => f.Metrics.LogLoss).ShouldBe(first.Folds.Select(f => f.Metrics.LogLoss));
        first.Folds.ShouldAllBe(f => f.Tuning!.MapBytes == first.Tuning!.MapBytes && f.Tuning.MapsNotKept == null);
    }

    [Fact]
    public void Canceled_while_a_fold_is_tuned_it_gives_no_figures()
    {
        using var source = new CancellationTokenSource();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (p.Stage == TransferStage.TrainingNetwork && p.Epoch is not null)
            {
                source.Cancel();
            }
        });

        Should.Throw<OperationCanceledException>(() => Pipeline(stages: 1).Fit(progress, source.Token));
    }

    private static TransferPipeline<CrossValidationResult> Pipeline(int stages, double? falseRejectRate = 0.05) =>
        TransferPipeline.CrossValidate(DrawnImages.Set(20, UnfrozenStages.Classes), new CrossValidationOptions
        {
            Folds = 3,
            UnfrozenStages = stages,
            StageTraining = UnfrozenStages.Training,
            FalseRejectRate = falseRejectRate,
        }).WithBackbone(TunableNetworks.Normalized).WithoutBottleneckCache();
}
