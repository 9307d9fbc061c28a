using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Tests.Strategies.StageTuning;
using TransferLearning.Tests.Tuning.Stages;
using TransferLearning.Verdicts;

namespace TransferLearning.Tests.Verdicts;

/// <summary>Each rule finds its problem in a real run that has it, and is silent in one that does not.</summary>
public class NextStepTests
{
    private static readonly ImageDataset Good = DrawnImages.Set(60, "blue", "green");

    [Fact]
    public void Copies_in_training_and_validation_come_first()
    {
        IEnumerable<LabeledImage> copies = Good.Images.Where((_, i) => i % 6 == 0);
        FineTuningResult result = Tiny(TransferPipeline.FineTune(Good)
            .WithValidation(ImageDataset.FromImages(copies.Concat(DrawnImages.Set(20, "blue", "green").Images))));

        NextStep step = Verdict.Of(result).NextSteps[0];

        step.Kind.ShouldBe(NextStepKind.Copies);
        step.Finding.ShouldContain("are in training and in validation: the accuracy is too high");
        step.Command.ShouldBe("transfer check DATA");
        KindsOf(Tiny(TransferPipeline.FineTune(Good))).ShouldNotContain(NextStepKind.Copies);
    }

    [Fact]
    public void An_evaluation_on_training_images_is_said_first()
    {
        FineTuningResult result = Tiny(TransferPipeline.FineTune(Good));

        NextStep step = Verdict.Of(result.Model.Evaluate(result.TrainingData)).NextSteps[0];

        step.Kind.ShouldBe(NextStepKind.KnownImages);
        step.Finding.ShouldBe(
            $"the model was trained on {result.TrainImages} of the {result.TrainImages} evaluated images: the accuracy is too high");
        step.Command.ShouldBe("transfer evaluate MODEL OTHER-DATA");
    }

    [Fact]
    public void A_canceled_training_is_to_be_run_again()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new RelayedProgress<TransferProgress>(p =>
        {
            if (p.Stage == TransferStage.Training)
            {
                cancellation.Cancel();
            }
        });
        FineTuningResult result = TransferPipeline.FineTune(Good).WithTinyBackbone().WithSharedBottlenecks()
            .Fit(progress, cancellation.Token);

        NextStep step = Verdict.Of(result).NextSteps[0];

        step.Kind.ShouldBe(NextStepKind.Canceled);
        step.Command.ShouldBe("transfer fine-tune DATA -o model.onnx --backbone NAME-or-FILE");
    }

    [Fact]
    public void An_accuracy_on_few_images_is_to_be_cross_validated()
    {
        NextStep step = Step(Tiny(TransferPipeline.FineTune(DrawnImages.Set(20, "blue", "green"))), NextStepKind.FewEvaluatedImages);

        step.Finding.ShouldBe("the accuracy was measured on only 8 images");
        step.Command.ShouldBe("transfer cross-validate DATA --backbone NAME-or-FILE");
    }

    [Fact]
    public void Classes_of_few_images_are_named_the_smallest_first()
    {
        var uneven = ImageDataset.FromImages(
            DrawnImages.Set(40, "blue", "green", "red", "yellow").Images
                .GroupBy(i => i.Label).SelectMany(g => g.Take(g.Key == "red" ? 5 : g.Key == "yellow" ? 9 : 40)));

        NextStep step = Step(Tiny(TransferPipeline.CrossValidate(uneven)), NextStepKind.FewImages);

        step.Finding.ShouldBe("2 classes have fewer than 10 images (red: 5, yellow: 9)");
        step.Command.ShouldBe("transfer advise DATA --backbone NAME-or-FILE");
    }

    [Fact]
    public void Wrong_labels_are_counted()
    {
        var wrong = ImageDataset.FromImages(
            Good.Images.Select((image, i) => i % 12 == 0 ? image.WithLabel(image.Label == "blue" ? "green" : "blue") : image));
        CrossValidationResult result = Tiny(TransferPipeline.CrossValidate(wrong));

        NextStep step = Step(result, NextStepKind.SuspectLabels);

        result.OutOfFold.LabelErrors.Count.ShouldBeGreaterThan(3);
        step.Finding.ShouldBe($"{result.OutOfFold.LabelErrors.Count} of 120 labels are probably wrong");
        step.Command.ShouldEndWith("--label-errors label-errors.csv");
    }

    [Fact]
    public void A_confused_pair_is_named_with_its_number_of_mistakes()
    {
        // Two classes that no head tells apart, and a third.
        ImageDataset twins = Relabel(DrawnImages.Set(60, "a", "b"), (i, n) => i.Label == "b" ? "other" : n % 2 == 0 ? "spruce" : "fir");
        CrossValidationResult result = Tiny(TransferPipeline.CrossValidate(twins));

        NextStep step = Step(result, NextStepKind.ConfusedPair);

        int mistakes = result.OutOfFold.Images.Count - (int)Math.Round(result.Accuracy * result.OutOfFold.Images.Count);
        step.Finding.ShouldBe($"fir and spruce are confused in {mistakes} of their 60 images");
        step.Command.ShouldBe("transfer fine-tune DATA -o model.onnx --backbone NAME-or-FILE --unfreeze 1");
        KindsOf(Tiny(TransferPipeline.CrossValidate(DrawnImages.Set(20, "blue", "green", "red"))))
            .ShouldNotContain(NextStepKind.ConfusedPair);
    }

    [Fact]
    public void The_small_network_is_to_be_replaced_where_it_makes_mistakes()
    {
        ImageDataset hard = Relabel(DrawnImages.Set(30, "a", "b"), (i, n) => n % 4 == 0 ? "heads" : i.Label == "a" ? "heads" : "tails");
        CrossValidationResult result =
            TransferPipeline.CrossValidate(hard).WithBackbone(Backbone.Compact).WithSharedBottlenecks().Fit();

        NextStep step = Step(result, NextStepKind.WeakBackbone);

        step.Command.ShouldBe("transfer cross-validate DATA --backbone resnet18");
        KindsOf(Tiny(TransferPipeline.CrossValidate(hard))).ShouldNotContain(NextStepKind.WeakBackbone);
    }

    [Fact]
    public void Features_that_do_not_separate_the_classes_are_to_be_tuned_or_with_few_images_tried()
    {
        var random = new Random(2);
        ImageDataset few = Relabel(DrawnImages.Set(30, "a", "b"), (_, _) => random.Next(2) == 0 ? "heads" : "tails");
        ImageDataset many = Relabel(DrawnImages.Set(120, "a", "b"), (_, _) => random.Next(2) == 0 ? "heads" : "tails");

        Step(Tiny(TransferPipeline.CrossValidate(few)), NextStepKind.FrozenStages)
            .Command.ShouldBe("transfer advise DATA --backbone NAME-or-FILE --try-unfreezing");
        Step(Tiny(TransferPipeline.CrossValidate(many)), NextStepKind.FrozenStages)
            .Command.ShouldBe("transfer fine-tune DATA -o model.onnx --backbone NAME-or-FILE --unfreeze 1");
        KindsOf(Tiny(TransferPipeline.CrossValidate(Good))).ShouldNotContain(NextStepKind.FrozenStages);
    }

    [Fact]
    public void A_head_that_learns_labels_by_heart_is_overfitted()
    {
        var random = new Random(3);
        ImageDataset data = Relabel(DrawnImages.Set(20, "a", "b"), (_, _) => random.Next(2) == 0 ? "heads" : "tails");
        var retrainer = new SoftmaxRetrainer(new SoftmaxRetrainerOptions { L2 = 1e-6, EarlyStopping = null, Epochs = 400 });
        CrossValidationResult result =
            TransferPipeline.CrossValidate(data).WithBackbone(Backbone.Compact).WithRetrainer(retrainer).WithSharedBottlenecks().Fit();

        NextStep step = Step(result, NextStepKind.Overfitting);

        step.Finding.ShouldStartWith("overfitted: right for 100 of 100 training images, but for ");
        step.Command.ShouldBe("transfer cross-validate DATA --backbone compact --augment 4");
    }

    [Fact]
    public void A_training_that_ended_at_its_limit_while_it_improved_is_to_be_longer()
    {
        FineTuningResult result = Tiny(TransferPipeline.FineTune(Good, new FineTuningOptions { Epochs = 2 }));

        NextStep step = Step(result, NextStepKind.EarlyEnd);

        step.Finding.ShouldBe("the training ended after 2 epochs, its limit, while it still improved");
        step.Command.ShouldEndWith("--epochs 4");
        KindsOf(Tiny(TransferPipeline.FineTune(Good))).ShouldNotContain(NextStepKind.EarlyEnd);
    }

    [Fact]
    public void Images_unlike_the_training_images_are_counted_in_an_evaluation()
    {
        FineTuningResult result = Tiny(TransferPipeline.FineTune(Good));
        ImageDataset strange = Relabel(DrawnImages.Set(60, "a", "b", "c", "yellow"), (i, _) => i.Label == "yellow" ? "green" : "blue");

        NextStep step = Verdict.Of(result.Model.Evaluate(strange)).NextSteps.Single(s => s.Kind == NextStepKind.UnknownImages);

        step.Finding.ShouldContain("of 240 images look unlike those that the model was trained on");
        step.Command.ShouldBe("transfer fine-tune DATA -o model.onnx --from MODEL");
    }

    [Fact]
    public void A_model_of_tuned_stages_does_not_detect_unknown_images_and_says_so()
    {
        var options = new CrossValidationOptions { Folds = 2, UnfrozenStages = 2, StageTraining = UnfrozenStages.Training };
        CrossValidationResult result = TransferPipeline.CrossValidate(UnfrozenStages.Discs, options)
            .WithBackbone(TunableNetworks.Normalized).WithoutBottleneckCache().Fit();

        NextStep step = Step(result, NextStepKind.NoDetector);

        result.Model.FalseRejectRate.ShouldBeNull();
        step.Command.ShouldBe("transfer cross-validate DATA --backbone NAME-or-FILE");
        KindsOf(Tiny(TransferPipeline.FineTune(Good))).ShouldNotContain(NextStepKind.NoDetector);
    }

    [Fact]
    public void There_are_at_most_four_steps_and_none_has_the_command_of_another()
    {
        var random = new Random(4);
        ImageDataset data = Relabel(DrawnImages.Set(12, "a", "b"), (_, _) => $"class {random.Next(5)}");

        IReadOnlyList<NextStep> steps = Verdict.Of(Tiny(TransferPipeline.FineTune(data))).NextSteps;

        steps.Count.ShouldBeInRange(2, 4);
        steps.Select(s => s.Command).ShouldBeUnique();
    }

    private static NextStep Step(FineTuningResult result, NextStepKind kind) => Of(Verdict.Of(result), kind);

    private static NextStep Step(CrossValidationResult result, NextStepKind kind) => Of(Verdict.Of(result), kind);

    private static NextStep Of(Verdict verdict, NextStepKind kind) =>
        verdict.NextSteps.SingleOrDefault(s => s.Kind == kind).ShouldNotBeNull(verdict.ToString());

    private static IEnumerable<NextStepKind> KindsOf(FineTuningResult result) => Verdict.Of(result).NextSteps.Select(s => s.Kind);

    private static IEnumerable<NextStepKind> KindsOf(CrossValidationResult result) => Verdict.Of(result).NextSteps.Select(s => s.Kind);

    private static TResult Tiny<TResult>(TransferPipeline<TResult> pipeline) => pipeline.WithTinyBackbone().WithSharedBottlenecks().Fit();

    private static ImageDataset Relabel(ImageDataset data, Func<LabeledImage, int, string> label) =>
        ImageDataset.FromImages(data.Images.Select((image, i) => image.WithLabel(label(image, i))));
}
