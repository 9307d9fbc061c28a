using TransferLearning.Advice;
using TransferLearning.Cli.Options.Texts;

namespace TransferLearning.Cli.Reports.Advise;

/// <summary>The commands that do what advice recommends.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Backbone">The words that give the recommended network; null where there is none.</param>
/// <param name="Others">The words of the other options that were given and that all verbs on data have.</param>
internal sealed record AdviceCommands(string Data, IReadOnlyList<string>? Backbone, IReadOnlyList<string> Others)
{
    private static readonly string[] Output = ["-o", "model.onnx"];

    /// <summary>The commands to type; empty where no network is recommended.</summary>
    public IReadOnlyList<string> Of(AdviceResult result) => Backbone is not { } backbone ? [] : result.Strategy switch
    {
        RecommendedStrategy.FineTuning => [Command(["fine-tune", Data, .. Output, .. backbone, .. Unfreezing(result), .. Others])],
        RecommendedStrategy.CrossValidation =>
            [Command(["cross-validate", Data, .. Output, .. backbone, .. Unfreezing(result), .. Others])],

        // The images without labels must be in a place of their own, which only the user knows.
        RecommendedStrategy.ParallelTraining => [Command(["parallel-train", "LABELED", "--larger", "UNLABELED", .. Output, .. backbone])],
        RecommendedStrategy.PreTraining =>
        [
            Command(["pre-train", Data, "-o", "backbone.onnx", "--arch", "resnet18", .. Others]),
            Command(["fine-tune", Data, .. Output, .. backbone, "--unfreeze", "all", .. Others]),
        ],
        var other => throw new NotSupportedException($"the strategy {other} has no command"),
    };

    private static string[] Unfreezing(AdviceResult result) =>
        result.Unfreezing is { IsRecommended: true, Stages: var stages } ? ["--unfreeze", $"{stages}"] : [];

    private static string Command(IEnumerable<string> words) => CommandText.Of(["transfer", .. words]);
}
