using System.CommandLine;
using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Options;
using TransferLearning.Cli.Options.Texts;
using TransferLearning.Cli.Verbs;
using TransferLearning.Cli.Verbs.ModelFiles;
using TransferLearning.Cli.Verbs.Runs;
using TransferLearning.Cli.Verbs.Usage;

namespace TransferLearning.Cli;

/// <summary>The <c>transfer</c> command: parses, runs a verb, and turns every failure into one message and an exit code.</summary>
internal static class CommandLine
{
    private static readonly string[] VerbsOfBottlenecks =
    [
        PreTrainVerb.Name, FineTuneVerb.Name, CrossValidateVerb.Name, ParallelTrainVerb.Name, ExtractVerb.Name, AdviseVerb.Name,
    ];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandHost host, CancellationToken cancellationToken)
    {
        // What is written to the standard output is for another program: tables and figures would damage it.
        if (arguments.Any(a => a == OutputFile.StandardOutput || a.EndsWith($"={OutputFile.StandardOutput}", StringComparison.Ordinal)))
        {
            host = host with { Output = host.Error, OutputIsTerminal = host.ErrorIsTerminal, OutputIsForProgram = true };
        }

        ParseResult parsed = CreateRoot(host, arguments.Count > 0 ? arguments[0] : null).Parse(arguments);
        if (parsed.Errors.Count > 0 || UnknownOptions.Of(parsed).Any())
        {
            UsageErrors.Write(parsed, host.Error);
            return ExitCodes.BadInput;
        }

        var configuration = new InvocationConfiguration
        {
            Output = host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            // Interruption handles the signals: the verb then saves the best model so far before it ends.
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await host.Error.WriteLineAsync(
                $"transfer: canceled; {WhatIsKept(parsed)}; to go on, repeat the command: {CommandText.Again(parsed)}")
                .ConfigureAwait(false);
            return ExitCodes.Canceled;
        }
        catch (Exception exception)
        {
            await host.Error.WriteLineAsync($"transfer: {Failure.Describe(exception)}").ConfigureAwait(false);
            return ExitCodes.BadInput;
        }
    }

    private static string WhatIsKept(ParseResult parsed) =>
        VerbsOfBottlenecks.Contains(parsed.CommandResult.Command.Name) && CommonOptions.UsesCache(parsed)
            ? "bottlenecks computed until then are in the cache, and files that were not complete were not written"
            : "files that were not complete were not written";

    /// <summary>
    /// A root with the verb that the first argument names, or with all verbs where it names none. A run needs one verb, and creating all
    /// of them takes time at every start.
    /// </summary>
    private static RootCommand CreateRoot(CommandHost host, string? firstArgument)
    {
        Verb[] verbs = Verbs(host);
        var root = new RootCommand("Image classification by transfer learning: from a folder of photos to one ONNX file, offline.");
        int only = Array.FindIndex(verbs, v => v.Name == firstArgument);
        for (int i = 0; i < verbs.Length; i++)
        {
            if (only < 0 || i == only)
            {
                root.Add(verbs[i].Create());
            }
        }

        return root;
    }

    private static HelpVerb CreateHelp(CommandHost host)
    {
        Verb[] verbs = Verbs(host);
        return new HelpVerb(
            [.. verbs.Select(v => v.Name)],
            name => verbs.First(v => v.Name == name).Create(),
            (arguments, token) => RunAsync(arguments, host, token));
    }

    private static Verb[] Verbs(CommandHost host) =>
        [
            new(PreTrainVerb.Name, () => new PreTrainVerb(host).CreateCommand()),
            new(FineTuneVerb.Name, () => new FineTuneVerb(host).CreateCommand()),
            new(CrossValidateVerb.Name, () => new CrossValidateVerb(host).CreateCommand()),
            new(ParallelTrainVerb.Name, () => new ParallelTrainVerb(host).CreateCommand()),
            new(PredictVerb.Name, () => new PredictVerb(host).CreateCommand()),
            new(EvaluateVerb.Name, () => new EvaluateVerb(host).CreateCommand()),
            new(InfoVerb.Name, () => new InfoVerb(host).CreateCommand()),
            new(CompareVerb.Name, () => new CompareVerb(host).CreateCommand()),
            new(ExportVerb.Name, () => new ExportVerb(host).CreateCommand()),
            new(ExtractVerb.Name, () => new ExtractVerb(host).CreateCommand()),
            new(AdviseVerb.Name, () => new AdviseVerb(host).CreateCommand()),
            new(CheckVerb.Name, () => new CheckVerb(host).CreateCommand()),
            new(BackbonesVerb.Name, () => new BackbonesVerb(host).CreateCommand()),
            new(CacheVerb.Name, () => new CacheVerb(host).CreateCommand()),
            new(RunsVerb.Name, () => new RunsVerb(host).CreateCommand()),
            new(HelpVerb.Name, () => CreateHelp(host).CreateCommand()),
            new(SampleDataVerb.Name, () => new SampleDataVerb(host).CreateCommand()),
            new(DemoVerb.Name, () => new DemoVerb(host, (arguments, token) => RunAsync(arguments, host, token)).CreateCommand()),
        ];

    private sealed record Verb(string Name, Func<Command> Create);
}
