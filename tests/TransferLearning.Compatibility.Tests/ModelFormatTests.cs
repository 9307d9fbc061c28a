using TransferLearning.Data;
using TransferLearning.Files;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Compatibility.Tests;

/// <summary>Model files of every version load, and predict what they predicted when they were written.</summary>
public sealed class ModelFormatTests
{
    // Not the same bits everywhere: without AVX2 there is no fused multiply-add, sums are formed in the order that suits the processor's
    // vectors, and MathF.Exp is the platform's own. AVX-512 and AVX2 give the same bits; without AVX2, and without any vectors, the largest
    // difference in these files is 7e-7 of a probability and 9e-6 of a score.
    private const float ProbabilityTolerance = 1e-5f;
    private const float ScoreTolerance = 1e-4f;

    public static TheoryData<string> Files => [.. RelativePaths];

    /// <summary>The models that were trained on all classes but one, of each version.</summary>
    public static TheoryData<string> FineTunedFiles =>
        [.. RelativePaths.Where(f => Path.GetFileName(f) == "fine-tuned.onnx")];

    private static IEnumerable<string> RelativePaths => FormatsFolder.ModelFiles.Select(f => Path.GetRelativePath(FormatsFolder.Root, f));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_states_the_version_that_its_folder_is_named_after(string file)
    {
        string path = Path.Combine(FormatsFolder.Root, file);

        FormatVersion.OfModel(File.ReadAllBytes(path)).ShouldBe(FormatsFolder.VersionOf(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_predicts_what_it_predicted_when_it_was_written(string file)
    {
        string path = Path.Combine(FormatsFolder.Root, file);
        var expected = ExpectedValues.Read(ExpectedPredictions.PathOf(path));

        using var model = TransferModel.Load(path);

        ExpectedPredictions.Columns(model).ShouldBe(expected.Columns);
        foreach (LabeledImage image in FormatsFolder.Probes.Images)
        {
            string name = FormatsFolder.NameOf(image);
            Prediction prediction = model.Predict(image.Path);
            float[] before = expected[name].ToArray(), probabilities = before[..model.Labels.Count];
            prediction.Probabilities.ToArray().ShouldBe(probabilities, ProbabilityTolerance, name);
            prediction.Label.ShouldBe(model.Labels[Array.IndexOf(probabilities, probabilities.Max())], name);
            if (prediction.UnknownScore is { } score)
            {
                score.ShouldBe(before[^1], ScoreTolerance, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_is_described_without_what_its_version_does_not_record(string file)
    {
        string path = Path.Combine(FormatsFolder.Root, file);

        ModelDescription model = TransferModel.DescribeFile(path);

        bool isDescribed = SampleModels.HasDescription(path);
        bool isNetwork = Path.GetFileNameWithoutExtension(path) == "network";
        model.FormatVersion.ShouldBe(FormatsFolder.VersionOf(Path.GetDirectoryName(path)!));
        (model.Training.Strategy is null).ShouldBe(isNetwork);
        (model.LibraryVersion is not null).ShouldBe(isDescribed);
        (model.WeightsLicense is not null).ShouldBe(isDescribed);
        (model.Training.Epochs is not null).ShouldBe(isDescribed && !model.Training.Strategy!.StartsWith("parallel"));
        (model.StoredAs is not null).ShouldBe(isDescribed);
        (model.BackboneFingerprint is null).ShouldBe(isNetwork);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_that_is_saved_again_predicts_the_same_bits(string file)
    {
        using var model = TransferModel.Load(Path.Combine(FormatsFolder.Root, file));
        using var saved = new MemoryStream();
        model.Save(saved);
        saved.Position = 0;

        using var again = TransferModel.Load(saved);

        again.Labels.ShouldBe(model.Labels);
        again.Origin.Facts.ShouldBe(model.Origin.Facts, ignoreOrder: true);
        foreach (LabeledImage image in FormatsFolder.Probes.Images)
        {
            ExpectedPredictions.Row(again.Predict(image.Path)).ShouldBe(ExpectedPredictions.Row(model.Predict(image.Path)), image.Path);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_model_knows_its_training_images_where_the_file_has_them(string file)
    {
        using var model = TransferModel.Load(Path.Combine(FormatsFolder.Root, file));

        TrainingOverlap? overlap = model.FindTrainingImages(FormatsFolder.Images);

        if (!SampleModels.HasTrainingHashes(Path.Combine(FormatsFolder.Root, file)))
        {
            overlap.ShouldBeNull();
            return;
        }

        // Parallel training learns from a part of the images that it labels itself.
        IReadOnlyDictionary<string, string> facts = model.Origin.Facts;
        int labeled = int.Parse(facts["trainImages"]), pseudoLabeled = int.Parse(facts.GetValueOrDefault("pseudoLabelledImages", "0"));
        overlap!.Found.ShouldBeInRange(labeled, labeled + pseudoLabeled);
        overlap.Compared.ShouldBe(FormatsFolder.Images.Count);
    }

    [Theory]
    [MemberData(nameof(FineTunedFiles))]
    public void A_model_can_be_trained_further_with_images_of_a_new_class_alone(string file)
    {
        using var model = TransferModel.Load(Path.Combine(FormatsFolder.Root, file));
        model.RemembersClasses.ShouldBeTrue();

        using TransferModel continued = SampleModels.Continue(model);

        continued.Labels.ShouldBe([.. model.Labels, SampleModels.LaterClass]);
        continued.RemembersClasses.ShouldBeTrue();
    }
}
