using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Models;
using TransferLearning.Strategies;
using TransferLearning.Tests.Strategies.Augmentation;
using TransferLearning.Tests.Tuning.Stages;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Strategies.StageTuning;

/// <summary>What is refused before any image is read.</summary>
public sealed class StageTuningSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StageTuningSettingsTests()
    {
        foreach (string label in UnfrozenStages.Classes)
        {
            _folder.Write($"images/{label}/1.jpg", "no image: nobody must read it");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_stages_than_the_network_has() => Refused(
        Pipeline(stages: 4), "4 stages are to be trained, but the network 'normalized' has 3: give 1 to 3, or all");

    [Fact]
    public void A_negative_number_of_stages() => Refused(
        Pipeline(stages: -1), "FineTuningOptions.UnfrozenStages is -1: it must be at least 0");

    [Fact]
    public void Another_trainer() => Refused(
        Pipeline(stages: 1).WithRetrainer(new RecordingRetrainer()),
        "FineTuningOptions.UnfrozenStages is 1, but the trainer RecordingRetrainer trains heads only: leave WithRetrainer out, or unfreeze "
        + "no stages");

    [Fact]
    public void Another_trainer_with_all_stages() => Refused(
        Pipeline(FineTuningOptions.AllStages).WithRetrainer(new RecordingRetrainer()), "FineTuningOptions.UnfrozenStages is all, but");

    [Fact]
    public void Folded_normalizations_that_are_to_be_trained() => Refused(
        Pipeline(stages: 1, new NetworkTrainingOptions { TrainsNormalization = true }).WithBackbone(TinyBackbone.Value),
        "FineTuningOptions.StageTraining.TrainsNormalization is set, but there are no batch normalizations in the last of 2 stages of "
        + "tiny: they were folded into the convolutions when the file was made; leave TrainsNormalization out, or use a file that has "
        + "them");

    [Fact]
    public void An_operator_without_a_gradient() => Refused(
        Pipeline(stages: 1).WithBackbone(TunableNetworks.WithoutGradient),
        "the last of 2 stages of untrainable cannot be trained: ",
        "Erf");

    [Fact]
    public void Options_of_the_training_beside_a_problem_of_the_stages() => Refused(
        Pipeline(stages: 4, new NetworkTrainingOptions { Epochs = 0, Resumes = true }),
        "FineTuningOptions.StageTraining: Epochs is 0: it must be in 1..10,000",
        "FineTuningOptions.StageTraining: Resumes is set, but there is no Checkpoint: name the file to continue from",
        "4 stages are to be trained");

    [Fact]
    public void A_checkpoint_of_a_cross_validation() => Refused(
        TransferPipeline.CrossValidate(_folder.At("images"), new CrossValidationOptions
        {
            UnfrozenStages = 9,
            StageTraining = new NetworkTrainingOptions { Checkpoint = _folder.At("checkpoint") },
        }).WithBackbone(TunableNetworks.Normalized),
        "CrossValidationOptions.StageTraining.Checkpoint is set, but the folds of a cross-validation do not continue from a checkpoint",
        "9 stages are to be trained, but the network 'normalized' has 3");

    [Fact]
    public void A_continued_model_one_of_whose_classes_has_no_images()
    {
        using TransferModel model = UnfrozenStages.FineTune(UnfrozenStages.Training, stages: 0).Fit().Model;
        Directory.Delete(_folder.At("images/green"), recursive: true);

        Refused(
            TransferPipeline.FineTune(_folder.At("images"), UnfrozenStages.Options(UnfrozenStages.Training)).ContinueFrom(model),
            "there are no images of 'green', and what the model remembers of its classes does not fit features of stages that are trained: "
            + "add images of them, or unfreeze no stages");
    }

    private static void Refused<TResult>(TransferPipeline<TResult> pipeline, params string[] parts)
    {
        string message = Should.Throw<InvalidOptionsException>(() => pipeline.Fit()).Message;
        foreach (string part in parts)
        {
            message.ShouldContain(part);
        }
    }

    private TransferPipeline<FineTuningResult> Pipeline(int stages, NetworkTrainingOptions? training = null) =>
        TransferPipeline.FineTune(_folder.At("images"), UnfrozenStages.Options(training ?? new NetworkTrainingOptions(), stages))
            .WithBackbone(TunableNetworks.Normalized).WithoutBottleneckCache();
}
