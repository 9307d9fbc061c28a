using TransferLearning.Cli;
using TransferLearning.Cli.Hosting;

using var interruption = new Interruption();
return interruption.ExitCode(
    await CommandLine.RunAsync(args, CommandHost.ForProcess(), interruption.Token).ConfigureAwait(false));
