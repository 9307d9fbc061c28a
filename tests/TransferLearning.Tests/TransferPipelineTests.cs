using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Strategies;
using TransferLearning.Strategies.FineTuning;

namespace TransferLearning.Tests;

public class TransferPipelineTests
{
    [Fact]
    public void All_problems_are_reported_together_before_any_work()
    {
        using var folder = new TemporaryFolder();
        folder.Write("ants/a.jpg");
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline
            .FineTune(folder.Path, folder.At("missing"), new FineTuningOptions { Epochs = 0 })
            .WithThreads(-1)
            .WithValidation(1.5)
            .WithRetrainer(new SoftmaxRetrainer(new() { BatchSize = 0 }))
            .WithBottleneckCache(folder.At("cache"));

        IReadOnlyList<string> problems = Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Problems;

        string[] expected =
        [
            "threads is -1", "fraction is 1.5", "BatchSize is 0", "Epochs is 0", "only one class, 'ants'", "missing' does not exist",
        ];
        problems.Count.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            problems[i].ShouldContain(expected[i]);
        }

        Directory.Exists(folder.At("cache")).ShouldBeFalse();
    }

    [Fact]
    public void One_problem_is_told_without_a_list() =>
        Should.Throw<InvalidOptionsException>(() => TransferPipeline.FineTune(Memory("ants")).Fit())
            .Message.ShouldBe("'(memory)' has only one class, 'ants': expected at least two, one folder per class");

    [Fact]
    public void Images_without_any_label_are_refused() =>
        Should.Throw<InvalidOptionsException>(() => TransferPipeline.FineTune(Memory(null)).Fit())
            .Message.ShouldContain("has no labeled image");

    [Fact]
    public void A_missing_folder_is_named() =>
        Should.Throw<InvalidOptionsException>(() => TransferPipeline.FineTune("no/such/folder").Fit())
            .Message.ShouldContain("no/such/folder");

    [Fact]
    public void A_folder_that_was_mended_is_opened_again()
    {
        using var folder = new TemporaryFolder();
        var pipeline = TransferPipeline.FineTune(folder.At("photos"));
        Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Message.ShouldContain("does not exist");

        folder.Write("photos/ants/a.jpg");

        Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Message.ShouldContain("only one class, 'ants'");
    }

    [Fact]
    public void Settings_make_a_changed_copy()
    {
        var pipeline = TransferPipeline.FineTune(Memory("ants"));

        TransferPipeline<FineTuningResult> changed = pipeline.WithThreads(-1);

        changed.ShouldNotBeSameAs(pipeline);
        Should.Throw<InvalidOptionsException>(() => changed.Fit()).Problems.Count.ShouldBe(2);
        Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Problems.Count.ShouldBe(1);
    }

    [Fact]
    public void Null_is_refused_at_once()
    {
        var pipeline = TransferPipeline.FineTune(Memory("ants"));

        Should.Throw<ArgumentNullException>(() => pipeline.WithBackbone(null!));
        Should.Throw<ArgumentNullException>(() => pipeline.WithRetrainer(null!));
        Should.Throw<ArgumentNullException>(() => pipeline.WithTimeProvider(null!));
        Should.Throw<ArgumentNullException>(() => pipeline.WithValidation((ImageDataset)null!));
        Should.Throw<ArgumentNullException>(() => TransferPipeline.FineTune((ImageDataset)null!));
    }

    [Fact]
    public void Only_fine_tuning_continues_a_model()
    {
        var pipeline = TransferPipeline.CrossValidate(Memory("ants"));

        Should.Throw<InvalidOperationException>(() => pipeline.From(ModelSource.At("model.onnx")))
            .Message.ShouldContain("TransferPipeline.FineTune");
    }

    [Fact]
    public void A_continued_pipeline_keeps_its_settings_and_takes_more()
    {
        TransferPipeline<FineTuningResult> pipeline = TransferPipeline.FineTune(Memory("ants"))
            .WithThreads(-1).ContinueFrom("no/such/model.onnx").WithValidation(1.5);

        IReadOnlyList<string> problems = Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Problems;

        problems.Count.ShouldBe(3);
        problems[0].ShouldContain("threads is -1");
        problems[1].ShouldContain("fraction is 1.5");
        problems[2].ShouldContain("no/such/model.onnx");
    }

    private static ImageDataset Memory(string? label) => ImageDataset.FromImages([LabeledImage.FromBytes(new byte[1], label)]);
}
