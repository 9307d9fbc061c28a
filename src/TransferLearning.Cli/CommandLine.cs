using System.CommandLine;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Verbs;

namespace TransferLearning.Cli;

/// <summary>The <c>transfer</c> command: parses, runs a verb, and turns every failure into one message and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandHost host, CancellationToken cancellationToken)
    {
        ParseResult parsed = CreateRoot(host).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            UsageErrors.Write(parsed, host.Error);
            return ExitCodes.BadInput;
        }

        var configuration = new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            // Interruption handles the signals, and waits for the best model so far to be saved.
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync("transfer: cancelled").ConfigureAwait(false);
            return ExitCodes.Cancelled;
        }
        catch (Exception exception)
        {
            await host.Error.WriteLineAsync($"transfer: {Failure.Describe(exception)}").ConfigureAwait(false);
            return ExitCodes.BadInput;
        }
    }

    private static RootCommand CreateRoot(CommandHost host) =>
        new("Image classification by transfer learning: from a folder of photos to one ONNX file, offline.")
        {
            new PreTrainVerb(host).CreateCommand(),
            new FineTuneVerb(host).CreateCommand(),
            new CrossValidateVerb(host).CreateCommand(),
            new ParallelTrainVerb(host).CreateCommand(),
            new PredictVerb(host).CreateCommand(),
            new EvaluateVerb(host).CreateCommand(),
            new ExtractVerb(host).CreateCommand(),
            new AdviseVerb(host).CreateCommand(),
            new CheckVerb(host).CreateCommand(),
            new CacheVerb(host).CreateCommand(),
            new SampleDataVerb(host).CreateCommand(),
            new DemoVerb(host, (arguments, cancellationToken) => RunAsync(arguments, host, cancellationToken)).CreateCommand(),
        };
}
