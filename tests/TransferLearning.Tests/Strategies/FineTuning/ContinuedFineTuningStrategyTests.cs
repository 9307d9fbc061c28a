using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies.FineTuning;

/// <summary>Continuing a model with new images, on real photos and a small real network.</summary>
public sealed class ContinuedFineTuningStrategyTests : IDisposable
{
    private static readonly string[] Known = ["daisy", "dandelion", "roses", "sunflowers"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Images_of_one_new_class_teach_it_and_unlearn_no_other()
    {
        using TransferModel model = Train(Flowers(0, 25, Known));
        using TransferModel continued = Continue(Flowers(0, 25, ["tulips"]), model).Fit().Model;

        continued.Labels.ShouldBe([.. Known, "tulips"]);
        ImageDataset unseen = Flowers(25, 15, [.. Known, "tulips"]);
        Accuracy(continued, unseen.Of("tulips")).ShouldBeGreaterThan(0.5);
        double before = Accuracy(model, unseen.Without("tulips"));
        Accuracy(continued, unseen.Without("tulips")).ShouldBeGreaterThan(before - 0.15);
    }

    [SkippableFact]
    public void A_saved_model_is_continued_with_its_own_backbone_whose_bottlenecks_are_in_the_cache()
    {
        ImageDataset images = Flowers(0, 12, Known);
        var cache = new BottleneckCache(_folder.At("cache"));
        using (TransferModel model = TransferPipeline.FineTune(images).WithBackbone(Network()).WithBottleneckCache(cache).Fit().Model)
        {
            model.Save(_folder.At("model.onnx"));
        }

        FineTuningResult result = TransferPipeline.FineTune(images).WithBottleneckCache(cache).ContinueFrom(_folder.At("model.onnx")).Fit();

        result.Model.Dispose();
        (result.Extraction.CacheHits, result.Extraction.CacheMisses).ShouldBe((48, 0));
        result.Model.Origin.Backbone.ShouldBe("mobilenet_v1_0.25_128");
        result.Model.Origin.Facts["strategy"].ShouldBe("fine-tuning, continued");
    }

    [SkippableFact]
    public void More_images_of_known_classes_are_evaluated_before_and_after()
    {
        using TransferModel model = Train(Flowers(0, 16, Known));

        FineTuningResult result = Continue(Flowers(16, 20, Known), model).Fit();

        result.Model.Dispose();
        Continuation continuation = result.Continuation!;
        continuation.KnownClasses.ShouldBe(Known);
        continuation.AddedClasses.ShouldBeEmpty();
        continuation.Rehearsed.ShouldBeTrue();
        continuation.Before!.Images.ShouldBe(result.ValidationImages);
        continuation.After!.Accuracy.ShouldBeGreaterThanOrEqualTo(continuation.Before.Accuracy);
        result.Steps.ShouldHaveSingleItem().Metrics.Accuracy.ShouldBe(continuation.After.Accuracy);
        result.Model.Origin.Facts["trainImages"].ShouldBe($"{result.TrainImages + TrainImages(model)}");
    }

    [SkippableFact]
    public void Only_images_of_known_classes_are_compared_with_before()
    {
        using TransferModel model = Train(Flowers(0, 15, Known));

        FineTuningResult result = Continue(Flowers(15, 20, ["roses", "tulips"]), model).Fit();

        result.Model.Dispose();
        result.Continuation!.Before!.Images.ShouldBeLessThan(result.ValidationImages);
        result.Continuation.Before.Images.ShouldBe(result.Continuation.After!.Images);
        result.Continuation.Before.ClassNames.ShouldBe(Known);
        result.Continuation.AddedClasses.ShouldBe(["tulips"]);
    }

    [SkippableFact]
    public void A_continued_model_can_be_continued_again_and_still_detects_out_of_distribution_images()
    {
        using TransferModel model = Train(Flowers(0, 35, ["daisy", "roses"]));
        using TransferModel second = Continue(Flowers(0, 25, ["tulips"]), model).Fit().Model;
        using TransferModel third = Continue(Flowers(0, 25, ["sunflowers"]), second).Fit().Model;

        third.Labels.ShouldBe(["daisy", "roses", "tulips", "sunflowers"]);
        Accuracy(third, Flowers(35, 5, ["daisy", "roses", "tulips", "sunflowers"])).ShouldBeGreaterThan(0.55);
        third.RemembersClasses.ShouldBeTrue();
        var rubbish = ImageDataset.Open(SharedData.Data("trashnet"));
        third.PredictAll(rubbish.Select([.. Enumerable.Range(0, 40).Select(i => i * 60)])).Average(p => p.Prediction!.IsUnknown ? 1.0 : 0)
            .ShouldBeGreaterThan(0.5);
    }

    [SkippableFact]
    public void A_continued_model_rejects_few_images_of_the_classes_that_it_knew_before()
    {
        string[] known = ["cardboard", "glass", "metal", "paper"];
        using TransferModel model = Train(Rubbish(0, 60, known));
        using TransferModel continued = Continue(Rubbish(0, 60, ["plastic"]), model).Fit().Model;

        ImageDataset unseen = Rubbish(60, 60, known);
        continued.PredictAll(unseen).Average(p => p.Prediction!.IsUnknown ? 1.0 : 0).ShouldBeInRange(0.005, 0.12, "0.05 is asked for");
        continued.PredictAll(Flowers(0, 10, Known)).Average(p => p.Prediction!.IsUnknown ? 1.0 : 0).ShouldBeGreaterThan(0.8);
    }

    [SkippableFact]
    public void A_seed_gives_the_same_head_for_any_number_of_threads()
    {
        using TransferModel model = Train(Flowers(0, 15, Known));
        TransferPipeline<FineTuningResult> pipeline = Continue(Flowers(15, 10, ["roses", "tulips"]), model);

        FineTuningResult one = pipeline.WithThreads(1).Fit(), two = pipeline.WithThreads(2).Fit();

        one.Model.Dispose();
        two.Model.Dispose();
        two.Steps[0].Training.Head.Weights.ToArray().ShouldBe(one.Steps[0].Training.Head.Weights.ToArray());
    }

    [SkippableFact]
    public void Validation_labels_choose_nothing()
    {
        using TransferModel model = Train(Flowers(0, 15, Known));
        ImageDataset images = Flowers(15, 12, [.. Known, "tulips"]), validation = Flowers(27, 8, [.. Known, "tulips"]);
        var wrong = ImageDataset.FromImages(validation.Images.Select(i => i.WithLabel(i.Label == "roses" ? "tulips" : "roses")));

        FineTuningResult right = Continue(images, model).WithValidation(validation).Fit();
        FineTuningResult misled = Continue(images, model).WithValidation(wrong).Fit();

        right.Model.Dispose();
        misled.Model.Dispose();
        misled.Steps[0].Training.Head.Weights.ToArray().ShouldBe(right.Steps[0].Training.Head.Weights.ToArray());
        misled.Steps[0].Training.BestEpoch.ShouldBe(right.Steps[0].Training.BestEpoch);
        misled.Calibration.Temperature.ShouldBe(right.Calibration.Temperature);
        right.Calibration.Temperature.ShouldNotBe(1);
    }

    [SkippableFact]
    public void A_model_that_remembers_nothing_asks_for_images_of_the_classes_that_would_be_lost()
    {
        using TransferModel model = Train(Flowers(0, 6, Known), falseRejectRate: null);

        model.RemembersClasses.ShouldBeFalse();
        Should.Throw<InvalidOptionsException>(() => Continue(Flowers(6, 6, ["roses", "tulips"]), model).Fit())
            .Message.ShouldContain("no images of 'daisy', 'dandelion', 'sunflowers'");
        using TransferModel continued = Continue(Flowers(6, 6, [.. Known, "tulips"]), model).Fit().Model;
        continued.Labels.Count.ShouldBe(5);
    }

    [SkippableFact]
    public void All_that_contradicts_continuing_is_said_at_once()
    {
        using TransferModel model = Train(Flowers(0, 6, Known));
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(Flowers(6, 3, Known), Flowers(9, 3, Known))
            .WithSharedBottlenecks().WithBackbone(Backbone.Compact).ContinueFrom(model);

        string message = Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Message;

        message.ShouldContain("leave out tuneOn");
        message.ShouldContain("the backbone compact");
        message.ShouldContain("mobilenet_v1_0.25_128");
    }

    [SkippableFact]
    public void The_models_own_backbone_may_be_named_too()
    {
        using TransferModel model = Train(Flowers(0, 6, Known));

        FineTuningResult result = Continue(Flowers(6, 6, Known), model).WithBackbone(Network()).Fit();

        result.Model.Dispose();
        result.Continuation.ShouldNotBeNull();
    }

    [SkippableFact]
    public void A_network_with_its_own_classifier_has_no_head_to_continue()
    {
        string labels = _folder.At("labels.txt");
        File.WriteAllLines(labels, Enumerable.Range(0, 1000).Select(i => $"class {i}"));
        using var model = TransferModel.FromNetwork(SharedData.Network("mobilenet_v1_0.25_128.onnx"), labels);

        Should.Throw<InvalidOptionsException>(() => Continue(Flowers(0, 3, Known), model).Fit())
            .Message.ShouldContain("without a head of this library");
    }

    [Fact]
    public void A_model_that_is_not_there_is_named() =>
        Should.Throw<InvalidOptionsException>(() => TransferPipeline.FineTune(_folder.Path).ContinueFrom(_folder.At("none.onnx")).Fit())
            .Message.ShouldContain("none.onnx");

    private static Backbone Network() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    private static TransferModel Train(ImageDataset images, double? falseRejectRate = 0.05) => TransferPipeline
        .FineTune(images, new FineTuningOptions { FalseRejectRate = falseRejectRate })
        .WithBackbone(Network()).WithSharedBottlenecks().Fit().Model;

    private static TransferPipeline<FineTuningResult> Continue(ImageDataset images, TransferModel model) =>
        TransferPipeline.FineTune(images).WithSharedBottlenecks().ContinueFrom(model);

    private static int TrainImages(TransferModel model) => int.Parse(model.Origin.Facts["trainImages"]);

    private static double Accuracy(TransferModel model, ImageDataset images) => model.PredictAll(images)
        .Zip(images.Images, (p, i) => p.Prediction!.Label == i.Label ? 1.0 : 0).Average();

    private static ImageDataset Flowers(int skip, int take, string[] classes) => Photos("flowers-small", skip, take, classes);

    private static ImageDataset Rubbish(int skip, int take, string[] classes) => Photos("trashnet", skip, take, classes);

    /// <summary>Some photos of each of some classes.</summary>
    private static ImageDataset Photos(string set, int skip, int take, string[] classes)
    {
        var all = ImageDataset.FromFolder(SharedData.Data(set));
        return ImageDataset.FromImages(classes.SelectMany(c => all.Images.Where(i => i.Label == c).Skip(skip).Take(take)));
    }
}

/// <summary>Parts of a data set by class.</summary>
internal static class ClassParts
{
    public static ImageDataset Of(this ImageDataset data, string label) =>
        ImageDataset.FromImages(data.Images.Where(i => i.Label == label));

    public static ImageDataset Without(this ImageDataset data, string label) =>
        ImageDataset.FromImages(data.Images.Where(i => i.Label != label));
}
