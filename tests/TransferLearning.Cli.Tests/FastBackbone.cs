namespace TransferLearning.Cli.Tests;

/// <summary>
/// Gives commands that name no backbone the small one. ResNet-18, the default, takes five times as long, and few tests are about it.
/// </summary>
internal static class FastBackbone
{
    private static readonly string[] Verbs = ["fine-tune", "cross-validate", "pre-train", "parallel-train", "extract", "advise"];

    // With these, the command takes the backbone of a model, needs one of the trainer's or none, or shows a text.
    private static readonly string[] Excluding = ["--backbone", "--from", "--trainer", "--label", "--arch", "--help"];

    /// <summary>The arguments, with <c>--backbone compact</c> where the verb takes a backbone and none is given.</summary>
    public static string[] In(string[] arguments) =>
        arguments.Length > 1 && Verbs.Contains(arguments[0]) && !arguments.Intersect(Excluding).Any()
            ? [.. arguments, "--backbone", "compact"]
            : arguments;
}
