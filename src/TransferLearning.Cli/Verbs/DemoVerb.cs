using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.SampleData;

namespace TransferLearning.Cli.Verbs;

/// <summary><c>demo</c>: draws sample data, fine-tunes on it and predicts; prints the command of each step.</summary>
/// <param name="host">Where the commands print.</param>
/// <param name="run">Runs the command with arguments, and returns its exit code.</param>
internal sealed class DemoVerb(CommandHost host, Func<IReadOnlyList<string>, CancellationToken, Task<int>> run)
{
    public const string Name = "demo";

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "A new folder, or one that this verb filled before; it gets everything that the demo makes.",
    };

    public Command CreateCommand()
    {
        var command = new Command(Name, "Draws sample data, trains a classifier on it and predicts a few images.") { _folder };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string folder = parsed.GetRequiredValue(_folder);
        string images = Path.Combine(folder, "images");
        string model = Path.Combine(folder, "model.onnx");
        string cache = Path.Combine(folder, "cache");
        string[][] commands =
        [
            ["sample-data", images, "--validation", "0.25"],
            ["fine-tune", images, "-o", model, "--cache", cache],
            ["predict", model, .. ImagePerClass(images)],
        ];
        foreach (string[] command in commands)
        {
            await host.Output.WriteLineAsync($"> transfer {string.Join(' ', command.Select(Quote))}").ConfigureAwait(false);
            int exitCode = await run(command, cancellationToken).ConfigureAwait(false);
            if (exitCode != ExitCodes.Done)
            {
                return exitCode;
            }

            await host.Output.WriteLineAsync().ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>The last validation image of each class.</summary>
    private static IEnumerable<string> ImagePerClass(string images)
    {
        var settings = new SampleDataSettings { ValidationFraction = 0.25 };
        return SampleClass.All.Select(c => Path.Combine(images, settings.RelativePathOf(c, settings.ImagesPerClass - 1)));
    }

    private static string Quote(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;
}
