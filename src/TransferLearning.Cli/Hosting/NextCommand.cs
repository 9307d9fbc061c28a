namespace TransferLearning.Cli.Hosting;

/// <summary>The last line of a verb: the command that most people type next.</summary>
internal static class NextCommand
{
    /// <summary>
    /// Prints the line on the standard error: the standard output may be for another program. Prints nothing with <c>--quiet</c>, nor where
    /// <c>-</c> is an output.
    /// </summary>
    /// <param name="host">Where to print.</param>
    /// <param name="isQuiet">Whether nothing but warnings is printed.</param>
    /// <param name="command">The command, as it can be typed; words in capitals stand for what the user chooses.</param>
    public static void Write(CommandHost host, bool isQuiet, string command)
    {
        if (!isQuiet && !host.OutputIsForProgram)
        {
            host.Error.WriteLine($"Next: {command}");
        }
    }
}
