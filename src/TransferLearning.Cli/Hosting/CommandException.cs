namespace TransferLearning.Cli.Hosting;

/// <summary>A command cannot do what its arguments ask; the message says why, and what to do.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(string message)
        : base(message)
    {
    }

    public CommandException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
