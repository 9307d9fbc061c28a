using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Cli.Progress;

/// <summary>Predicts or evaluates many images and shows the progress.</summary>
internal sealed class PredictionStage(IProgress<StageProgress> display, int total) : IProgress<int>
{
    public static Task<IReadOnlyList<ImagePrediction>> RunAsync(
        CommandHost host, CommonSettings common, TransferModel model, ImageDataset images, CancellationToken cancellationToken) =>
        // For a single image, a bar would vanish before anybody sees it.
        ProgressDisplay.RunAsync(host, common.IsQuiet || images.Count == 1, display => Task.Run(
            () => model.PredictAll(
                images,
                common.Threads,
                hashes: model.KeepsTrainingHashes && images.Labels.Count > 0,
                On(display, images),
                cancellationToken),
            cancellationToken));

    public static Task<ModelEvaluation> EvaluateAsync(
        CommandHost host, CommonSettings common, TransferModel model, ImageDataset data, CancellationToken cancellationToken) =>
        ProgressDisplay.RunAsync(host, common.IsQuiet, display => Task.Run(
            () => model.Evaluate(data, common.Threads, On(display, data), cancellationToken), cancellationToken));

    public void Report(int value) => display.Report(new StageProgress("Predicting", value, total, ""));

    private static PredictionStage? On(IProgress<StageProgress>? display, ImageDataset images) =>
        display is null ? null : new PredictionStage(display, images.Count);
}
