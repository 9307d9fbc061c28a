using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Compatibility.Tests;

/// <summary>
/// Trains one model of each kind that the library saves, on the images and with the network of the Formats folder, in about a second.
/// </summary>
internal static class SampleModels
{
    /// <summary>The class that a continued model meets later.</summary>
    public const string LaterClass = "triangles";

    /// <summary>The file of version 2 that is the first with hashes of its training images.</summary>
    private const string WithTrainingHashes = "fine-tuned-with-training-hashes";

    /// <summary>The file of version 2 that is the first with library, license, trainer, epochs and type of weights.</summary>
    private const string WithDescription = "fine-tuned-with-description";

    // Every model with a detector that is saved as this version or a later one has hashes and a description.
    private const int FirstVersionWithAll = 3;

    // More than the default: a detector needs ten validation images.
    private const double ValidationFraction = 0.4;

    public static IReadOnlyList<SampleModel> Train()
    {
        using TransferModel fineTuned = FineTuned();
        using TransferModel withoutDetector = FitWithValidation(TransferPipeline.FineTune(
            FormatsFolder.Images, new FineTuningOptions { FalseRejectRate = null })).Model;
        using TransferModel continued = Continue(fineTuned);
        using TransferModel preTrained = FitWithValidation(TransferPipeline.PreTrain(FormatsFolder.Images)).Model;
        using TransferModel crossValidated = Fit(TransferPipeline.CrossValidate(
            FormatsFolder.Images, new CrossValidationOptions { Folds = 3 })).Model;
        using TransferModel ensemble = Ensemble();
        var network = new PretrainedNetwork { Path = FormatsFolder.Network, Labels = FormatsFolder.NetworkLabels };
        using TransferModel asItIs = TransferPipeline.PreTrain(network).Fit().Model;
        return
        [
            SampleModel.Of("fine-tuned", fineTuned),
            SampleModel.Of("fine-tuned-float16", fineTuned, WeightPrecision.Float16),
            SampleModel.Of("fine-tuned-bfloat16", fineTuned, WeightPrecision.Bfloat16),
            SampleModel.Of("fine-tuned-int8", fineTuned, WeightPrecision.Int8),
            SampleModel.Of("fine-tuned-without-detector", withoutDetector),
            SampleModel.Of("continued", continued),
            SampleModel.Of("pre-trained", preTrained),
            SampleModel.Of("cross-validated", crossValidated),
            SampleModel.Of("ensemble", ensemble),
            SampleModel.Of("network", asItIs),
        ];
    }

    /// <summary>Whether a file on file has hashes of its training images.</summary>
    public static bool HasTrainingHashes(string path) =>
        HasDescription(path) || Path.GetFileNameWithoutExtension(path) == WithTrainingHashes;

    /// <summary>Whether a file on file has library, license, trainer, epochs and type of weights.</summary>
    public static bool HasDescription(string path) =>
        Path.GetFileNameWithoutExtension(path) == WithDescription
        || FormatsFolder.VersionOf(Path.GetDirectoryName(path)!) >= FirstVersionWithAll;

    /// <summary>A model of all classes but <see cref="LaterClass"/>, trained further with images of that one alone.</summary>
    public static TransferModel Continue(TransferModel model) => TransferPipeline.FineTune(Of(label => label == LaterClass))
        .ContinueFrom(model).WithValidation(ValidationFraction).WithoutBottleneckCache().Fit().Model;

    private static TransferModel FineTuned() => FitWithValidation(TransferPipeline.FineTune(Of(label => label != LaterClass))).Model;

    private static TransferModel Ensemble()
    {
        ImageDataset images = FormatsFolder.Images;
        int[] larger = [.. Enumerable.Range(0, images.Count).Where(i => i % 3 == 2)];
        int[] small = [.. Enumerable.Range(0, images.Count).Except(larger)];

        // The labeled images weigh so much that the heads are hardly worse than the small set's own, which would be kept alone otherwise.
        var options = new ParallelTrainingOptions { Combine = HeadCombination.Ensemble, Segments = 2, LabeledWeight = 20 };
        ParallelTrainingResult result = FitWithValidation(
            TransferPipeline.ParallelTrain(images.Select(small), images.Select(larger), options));
        result.KeptSmallSetModel.ShouldBeFalse("one head is no ensemble");
        return result.Model;
    }

    private static TResult FitWithValidation<TResult>(TransferPipeline<TResult> pipeline) =>
        Fit(pipeline.WithValidation(ValidationFraction));

    private static TResult Fit<TResult>(TransferPipeline<TResult> pipeline) =>
        pipeline.WithBackbone(FormatsFolder.Backbone).WithoutBottleneckCache().Fit();

    private static ImageDataset Of(Func<string?, bool> isWanted) =>
        ImageDataset.FromImages(FormatsFolder.Images.Images.Where(i => isWanted(i.Label)));
}
