using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Passes;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Strategies;
using TransferLearning.Tests.Tuning.Stages;
using TransferLearning.Tuning;
using TransferLearning.Tuning.Stages;

namespace TransferLearning.Tests.Strategies.StageTuning;

public sealed class UnfrozenFineTuningTests : IDisposable
{
    private static readonly NetworkTrainingOptions Training = UnfrozenStages.Training;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tuned_stages_do_better_than_the_head_alone_and_the_saved_model_predicts_as_it_was_evaluated()
    {
        FineTuningResult result = UnfrozenStages.FineTune(Training).Fit();
        result.Model.Save(_folder.At("model.onnx"));
        result.Model.Dispose();

        using var model = TransferModel.Load(_folder.At("model.onnx"));
        LabeledImage[] images = [.. result.Validation.Images.Images];
        Prediction[] predictions = [.. images.Select(i => model.Predict(i.ReadBytes()))];

        StageTuningResult tuning = result.Tuning.ShouldNotBeNull();
        tuning.IsKept.ShouldBeTrue();
        tuning.IsOfAllImages.ShouldBeTrue();
        (tuning.Stages, tuning.NetworkStages).ShouldBe((2, 3));
        tuning.TunedLoss.ShouldBeLessThan(tuning.HeadLoss);
        tuning.History[tuning.BestEpoch - 1].HeldOutAccuracy.ShouldBe(tuning.TunedAccuracy);
        tuning.HeldOutImages.ShouldBeInRange(result.TrainImages / 6, result.TrainImages / 4);
        result.Metrics.Accuracy.ShouldBeGreaterThan(tuning.HeadMetrics.Accuracy);
        tuning.HeadMetrics.Accuracy.ShouldBe(result.Steps[0].Metrics.Accuracy);
        predictions.Zip(images).Count(p => p.First.Label == p.Second.Label)
            .ShouldBe((int)Math.Round(result.Metrics.Accuracy * images.Length));
        for (int i = 0; i < images.Length; i++)
        {
            for (int c = 0; c < 4; c++)
            {
                predictions[i].Probabilities[c].ShouldBe(result.Validation.Row(i)[c], 1e-3f);
            }
        }

        Directory.GetFiles(_folder.Path).ShouldBe([_folder.At("model.onnx")]);
        model.Origin.Facts["tunedStages"].ShouldBe("2 of 3");
        model.Origin.Facts["tunedEpochs"].ShouldBe($"{tuning.BestEpoch}");
        model.Origin.Facts["headAccuracy"].ShouldBe(tuning.HeadMetrics.Accuracy.ToString("F4"));
        model.RemembersClasses.ShouldBeTrue();
        predictions.Count(p => p.IsUnknown).ShouldBeLessThan(images.Length / 2);
    }

    [Fact]
    public void Lower_stages_keep_every_bit_and_unfrozen_ones_change()
    {
        using TransferModel model = UnfrozenStages.FineTune(Training).Fit().Model;
        Graph before = TunableNetworks.Normalized.Graph;
        string boundary = TunableNetwork.Of(TunableNetworks.Normalized, 2).Boundary!.Value;

        Dictionary<string, float[]> after = UnfrozenStages.Weights(model);

        string[] lower = [.. GraphCut.At(before, boundary).Initializers.Keys];
        lower.Length.ShouldBeGreaterThan(4);
        lower.Where(n => !IsUnchanged(n)).ShouldBeEmpty();
        string[] kernels = [.. before.Nodes.Where(n => n.OperatorName == "Conv").Select(n => n.Inputs[1]).Except(lower)];
        kernels.Length.ShouldBe(3);
        kernels.Where(IsUnchanged).ShouldBeEmpty();
        string[] normalizations = [.. before.Nodes.Where(n => n.OperatorName == "BatchNormalization").SelectMany(n => n.Inputs.Skip(1))];
        normalizations.Where(n => !IsUnchanged(n)).ShouldBeEmpty();

        bool IsUnchanged(string name) => after[name].AsSpan().SequenceEqual(before.Initializers[name].Floats);
    }

    [Fact]
    public void Normalizations_change_where_they_are_trained()
    {
        using TransferModel model = UnfrozenStages.FineTune(Training with { TrainsNormalization = true }).Fit().Model;
        Graph before = TunableNetworks.Normalized.Graph;

        Dictionary<string, float[]> after = UnfrozenStages.Weights(model);

        Node[] nodes = [.. before.Nodes.Where(n => n.OperatorName == "BatchNormalization")];
        nodes[0].Inputs.Skip(1).Where(n => !IsUnchanged(n)).ShouldBeEmpty("it is below");
        nodes.Skip(1).SelectMany(n => n.Inputs.Skip(1)).Where(IsUnchanged).ShouldBeEmpty();

        bool IsUnchanged(string name) => after[name].AsSpan().SequenceEqual(before.Initializers[name].Floats);
    }

    [Fact]
    public void All_weights_of_the_unfrozen_stages_of_a_transformer_change_and_no_others()
    {
        Backbone backbone = TunableNetworks.Transformer;
        Graph before = backbone.Graph;
        string boundary = TunableNetwork.Of(backbone, 1).Boundary!.Value;
        FineTuningResult result = UnfrozenStages.FineTune(Training, stages: 1).WithBackbone(backbone).Fit();
        using TransferModel model = result.Model;

        Dictionary<string, float[]> after = UnfrozenStages.Weights(model);

        result.Tuning.ShouldNotBeNull().IsKept.ShouldBeTrue();
        string[] lower = [.. GraphCut.At(before, boundary).Initializers.Keys];
        string[] weights =
            [.. before.Initializers.Where(i => i.Value is { Type: ElementType.Float32, Length: > 1 }).Select(i => i.Key)];
        weights.Where(n => IsUnchanged(n) != lower.Contains(n)).ShouldBeEmpty();

        bool IsUnchanged(string weight) => after[weight].AsSpan().SequenceEqual(before.Initializers[weight].Floats);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Threads_and_the_cache_change_no_bit(int views)
    {
        var cache = new BottleneckCache(_folder.At("cache"));
        TransferPipeline<FineTuningResult> pipeline = Augmented(UnfrozenStages.FineTune(Training), views);

        FineTuningResult first = pipeline.WithBottleneckCache(cache).WithThreads(1).Fit();
        FineTuningResult cached = pipeline.WithBottleneckCache(cache).WithThreads(4).Fit();
        FineTuningResult again = pipeline.WithBottleneckCache(_folder.At("other")).WithThreads(4).Fit();

        first.Tuning!.MapsNotKept.ShouldBeNull();
        first.Tuning.MapBytes.ShouldBe(first.TrainImages * (views + 1L) * ((16 * 16 * 8 * 2) + 36));
        cached.ShouldBeTheSameAs(first);
        again.ShouldBeTheSameAs(first);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Without_a_cache_the_inputs_are_computed_in_each_epoch_with_the_same_bits_for_any_number_of_threads(int stages)
    {
        TransferPipeline<FineTuningResult> pipeline = Augmented(UnfrozenStages.FineTune(Training with { Epochs = 2 }, stages), 1);

        FineTuningResult first = pipeline.WithThreads(1).Fit(), second = pipeline.WithThreads(4).Fit();

        first.Tuning!.MapsNotKept.ShouldBe(stages == 3 ? null : "there is no cache");
        second.ShouldBeTheSameAs(first);
    }

    [Fact]
    public void Inputs_that_the_cache_has_no_room_for_are_computed_in_each_epoch()
    {
        var cache = new BottleneckCache(_folder.At("cache"), new BottleneckCacheOptions { MaxBytes = 200_000 });

        FineTuningResult result = UnfrozenStages.FineTune(Training).WithBottleneckCache(cache).Fit();

        result.Tuning!.MapsNotKept.ShouldBe("the cache may take 0 MB");
        result.Metrics.Accuracy.ShouldBeGreaterThan(result.Tuning.HeadMetrics.Accuracy);
        Directory.GetFiles(_folder.At("cache"), "*-half.bottlenecks").ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_record_of_an_input_is_computed_again_to_the_same_bits()
    {
        TransferPipeline<FineTuningResult> pipeline = UnfrozenStages.FineTune(Training).WithBottleneckCache(_folder.At("cache"));
        FineTuningResult expected = pipeline.Fit();
        string file = Directory.GetFiles(_folder.At("cache"), "*-half.bottlenecks").ShouldHaveSingleItem();
        byte[] bytes = File.ReadAllBytes(file);
        for (int position = 5000; position < bytes.Length; position += 9000)
        {
            bytes[position] ^= 0xFF;
        }

        File.WriteAllBytes(file, bytes);

        pipeline.Fit().ShouldBeTheSameAs(expected);
    }

    [Fact]
    public void Inputs_that_float16_cannot_hold_are_not_kept_and_the_result_is_the_same()
    {
        TransferPipeline<FineTuningResult> pipeline = UnfrozenStages.FineTune(Training with { LearningRate = 0.03 }, 1)
            .WithBackbone(TunableNetworks.Large);

        FineTuningResult expected = pipeline.Fit(), result = pipeline.WithBottleneckCache(_folder.At("cache")).Fit();

        expected.Tuning!.BestEpoch.ShouldBeGreaterThan(0);
        result.ShouldBeTheSameAs(expected);
    }

    [Fact]
    public void Validation_labels_choose_nothing()
    {
        ImageDataset validation = DrawnImages.Set(6, [.. UnfrozenStages.Classes.Select((_, c) => UnfrozenStages.Classes[(c + 1) % 4])]);
        TransferPipeline<FineTuningResult> pipeline = UnfrozenStages.FineTune(Training);

        FineTuningResult right = pipeline.WithValidation(DrawnImages.Set(6, UnfrozenStages.Classes)).Fit();
        FineTuningResult misled = pipeline.WithValidation(validation).Fit();

        misled.Tuning!.History.ShouldBe(right.Tuning!.History);
        misled.Tuning.IsKept.ShouldBe(right.Tuning.IsKept);
        misled.Calibration.Temperature.ShouldBe(right.Calibration.Temperature);
        misled.Metrics.Accuracy.ShouldBeLessThan(right.Metrics.Accuracy);
        Dictionary<string, float[]> expected = UnfrozenStages.Weights(right.Model);
        UnfrozenStages.Weights(misled.Model).ShouldAllBe(w => Enumerable.SequenceEqual(w.Value, expected[w.Key]));
    }

    [Theory]
    [InlineData(0.01, false)]
    [InlineData(1e6, true)]
    public void A_rate_that_is_far_too_high_leaves_the_head_alone_and_says_so(double rate, bool diverges)
    {
        FineTuningResult alone = UnfrozenStages.FineTune(Training, stages: 0).Fit();

        FineTuningResult result = UnfrozenStages.FineTune(Training with { LearningRate = rate }).Fit();

        StageTuningResult tuning = result.Tuning.ShouldNotBeNull();
        tuning.IsKept.ShouldBeFalse();
        result.Canceled.ShouldBeFalse();
        tuning.Warnings.ShouldContain(w => w.Contains("the model has the head alone"));
        (tuning.BestEpoch == 0).ShouldBe(diverges);
        if (diverges)
        {
            tuning.Warnings.ShouldContain(w => w.Contains("the learning rate of 1e+06 is too high; try 1e+05"));
        }

        UnfrozenStages.Bytes(result.Model).AsSpan().SequenceEqual(UnfrozenStages.Bytes(alone.Model)).ShouldBeTrue();
        alone.Tuning.ShouldBeNull();
    }

    [Fact]
    public void The_inputs_of_the_stages_are_announced_before_they_are_computed()
    {
        var plans = new List<TransferProgress>();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            lock (plans)
            {
                plans.Add(p);
            }
        });

        FineTuningResult result = UnfrozenStages.FineTune(Training with { Epochs = 2 }).WithBottleneckCache(_folder.At("cache"))
            .Fit(progress);

        int plan = plans.FindIndex(p => p.Plan is not null);
        plans[plan].Plan.ShouldBe(new StageTuningPlan(2, 3, result.TrainImages, result.Tuning!.MapBytes, null));
        plans.Skip(plan).ShouldContain(p => p.Stage == TransferStage.Extracting);
        plans.Take(plan).ShouldAllBe(p => p.Stage != TransferStage.TrainingNetwork);
        plans.Where(p => p.Stage == TransferStage.TrainingNetwork && p.Epoch is not null).Select(p => p.Epoch!.Epoch).First().ShouldBe(1);
    }

    [Fact]
    public void Tuning_on_a_larger_set_trains_the_stages_on_it_and_on_the_classes_that_it_lacks()
    {
        ImageDataset small = DrawnImages.Set(30, UnfrozenStages.Classes);
        var larger = ImageDataset.FromImages(UnfrozenStages.Discs.Images.Where(i => i.Label != "red"));

        FineTuningResult result = TransferPipeline.FineTune(small, larger, UnfrozenStages.Options(Training))
            .WithBackbone(TunableNetworks.Normalized).WithBottleneckCache(_folder.At("cache")).Fit();

        result.Steps.Count.ShouldBe(2);
        result.Tuning!.IsKept.ShouldBeTrue();
        result.Classes.ShouldBe(["blue", "green", "red", "yellow"]);
        result.Tuning.HeadMetrics.Accuracy.ShouldBe(result.Steps[1].MetricsOnLarger!.Accuracy);
        using TransferModel model = result.Model;
        DrawnImages.Set(46, UnfrozenStages.Classes).Images.Where(i => i.Label == "red").Skip(30)
            .Count(i => model.Predict(i.ReadBytes()).Label == "red").ShouldBeGreaterThan(8, "the small set's images were learned from");
    }

    [Fact]
    public void A_tuned_model_is_continued_with_stages_again()
    {
        FineTuningResult first = UnfrozenStages.FineTune(Training).Fit();
        first.Model.Save(_folder.At("model.onnx"));

        FineTuningResult second = TransferPipeline
            .FineTune(DrawnImages.Set(20, UnfrozenStages.Classes), UnfrozenStages.Options(Training))
            .WithoutBottleneckCache()
            .ContinueFrom(_folder.At("model.onnx"))
            .Fit();

        second.Continuation!.Before!.Accuracy.ShouldBe(first.Metrics.Accuracy, 0.3);
        StageTuningResult tuning = second.Tuning.ShouldNotBeNull();
        (tuning.Stages, tuning.NetworkStages).ShouldBe((2, 3));
        second.Model.Save(_folder.At("second.onnx"));
        using var model = TransferModel.Load(_folder.At("second.onnx"));
        model.Origin.Facts["strategy"].ShouldBe("fine-tuning, continued");
        LabeledImage[] images = [.. second.Validation.Images.Images];
        images.Count(i => model.Predict(i.ReadBytes()).Label == i.Label).ShouldBe((int)Math.Round(second.Metrics.Accuracy * images.Length));
    }

    [Fact]
    public void Images_of_archives_and_of_other_formats_are_read_as_in_the_extraction()
    {
        foreach (LabeledImage image in UnfrozenStages.Discs.Images)
        {
            byte[] toy = Imaging.Tests.Formats.ToyDecoder.Encode(ImageFormats.BuiltIn.Decode(image.ReadBytes()));
            _folder.Write($"images/{image.Label}/{Path.ChangeExtension(image.Path, ".toy")}", toy);
        }

        System.IO.Compression.ZipFile.CreateFromDirectory(_folder.At("images"), _folder.At("images.zip"));
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(_folder.At("images.zip"), UnfrozenStages.Options(Training))
            .WithBackbone(TunableNetworks.Normalized).WithImageFormats(Imaging.Tests.Formats.ToyDecoder.WithBuiltIn);

        FineTuningResult first = pipeline.WithBottleneckCache(_folder.At("cache")).Fit();
        FineTuningResult second = pipeline.WithBottleneckCache(_folder.At("cache")).Fit();

        first.Tuning!.IsKept.ShouldBeTrue();
        second.ShouldBeTheSameAs(first);
    }

    [Fact]
    public void An_image_that_changes_after_the_extraction_is_an_error_that_names_it()
    {
        string[] paths =
            [.. UnfrozenStages.Discs.Images.Select(i => _folder.Write($"images/{i.Label}/{i.Path}", i.ReadBytes()))];
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (p.Plan is not null)
            {
                foreach (string path in paths)
                {
                    File.WriteAllBytes(path, DrawnImages.Disc(1, 77).File);
                }
            }
        });

        Should.Throw<TransferLearningException>(() => TransferPipeline.FineTune(_folder.At("images"), UnfrozenStages.Options(Training))
            .WithBackbone(TunableNetworks.Normalized).WithoutBottleneckCache().Fit(progress)).Message
            .ShouldSatisfyAllConditions(
                m => m.ShouldContain("could be used at first, but not any more"), m => m.ShouldContain("the file has changed"));
    }

    [Fact]
    public void Too_few_images_to_hold_some_out_are_an_error_that_says_so()
    {
        ImageDataset data = DrawnImages.Set(1, "red", "blue");

        Should.Throw<TransferLearningException>(
            () => UnfrozenStages.FineTune(data, Training).WithValidation(DrawnImages.Set(3, "red", "blue")).Fit()).Message
            .ShouldContain("too few to hold some of them out, which choose the epoch: give more images, or unfreeze no stages");
    }

    private static TransferPipeline<FineTuningResult> Augmented(TransferPipeline<FineTuningResult> pipeline, int views) =>
        views == 0 ? pipeline : pipeline.WithAugmentation(ImageAugmentation.Flip, views);
}
