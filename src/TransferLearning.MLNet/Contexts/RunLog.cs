using Microsoft.ML.Runtime;

namespace TransferLearning.MLNet.Contexts;

/// <summary>What a step of a pipeline tells the user, through the log of the <c>MLContext</c>. Thread-safe.</summary>
internal sealed class RunLog(IHostEnvironment environment, string step)
{
    private readonly IHost _host = environment.Register(step);

    /// <summary>A seed from the context: the same in every process where the context has a seed, and another at every call.</summary>
    public int NextSeed()
    {
        lock (_host)
        {
            return _host.Rand.Next();
        }
    }

    public void Info(string message)
    {
        using IChannel channel = _host.Start(step);
        channel.Info(MessageSensitivity.UserData, message);
    }

    public void Warning(string message)
    {
        using IChannel channel = _host.Start(step);
        channel.Warning(MessageSensitivity.UserData, message);
    }
}
