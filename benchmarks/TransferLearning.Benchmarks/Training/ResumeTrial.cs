using System.Diagnostics;
using TransferLearning.Benchmarks.Caching;

namespace TransferLearning.Benchmarks.Training;

/// <summary>Kills a fine-tuning with unfrozen stages at random moments, resumes it, and compares its model with an undisturbed one.</summary>
internal sealed class ResumeTrial
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TransferCommand _command;
    private readonly string _data;
    private readonly string _folder;
    private readonly byte[] _expected;
    private readonly TimeSpan _duration;

    // Moments differ from round to round; which ones, does not matter.
    private readonly Random _random = new(20261201);

    /// <param name="command">The program.</param>
    /// <param name="data">The images.</param>
    /// <param name="folder">A folder for cache and outputs.</param>
    public ResumeTrial(TransferCommand command, string data, string folder)
    {
        (_command, _data, _folder) = (command, data, folder);
        Directory.CreateDirectory(Outputs);
        long start = Stopwatch.GetTimestamp();
        string? failure = Finish(command.Start(Arguments()));
        _duration = Stopwatch.GetElapsedTime(start);
        _expected = failure is null ? File.ReadAllBytes(Model) : throw new InvalidOperationException(failure);
    }

    /// <summary>How long the undisturbed training took, from an empty cache.</summary>
    public TimeSpan Duration => _duration;

    private string Outputs => Path.Combine(_folder, "outputs");

    private string Cache => Path.Combine(_folder, "cache");

    private string Model => Path.Combine(Outputs, "model.onnx");

    private string Checkpoint => Model + ".checkpoint";

    /// <summary>Trains once, from an empty cache in every other round; half of what is resumed is killed again.</summary>
    public ResumeFinding Run(int round)
    {
        Directory.Delete(Outputs, recursive: true);
        Directory.CreateDirectory(Outputs);
        if (round % 2 == 0)
        {
            Directory.Delete(Cache, recursive: true);
        }

        List<string> kills = [], failures = [];
        do
        {
            if (Kill() is { } moment)
            {
                kills.Add(moment);
            }
        }
        while (kills.Count > 0 && _random.Next(2) == 0);

        if (!File.Exists(Model) || File.Exists(Checkpoint))
        {
            failures.AddRange(new[] { Finish(_command.Start(Arguments())) }.OfType<string>());
        }

        bool isSame = File.Exists(Model) && File.ReadAllBytes(Model).AsSpan().SequenceEqual(_expected);
        return new ResumeFinding(kills, isSame, failures, Directory.GetFiles(Outputs).Count(f => f != Model));
    }

    private string[] Arguments()
    {
        string[] arguments =
        [
            "fine-tune", _data, "-o", Model, "--cache", Cache, "--backbone", "compact", "--unfreeze", "1", "--augment", "1", "--no-date",
            "--quiet",
        ];
        return File.Exists(Checkpoint) ? [.. arguments, "--resume"] : arguments;
    }

    /// <summary>Kills the command at a random moment; null where it ended before.</summary>
    private string? Kill()
    {
        var until = TimeSpan.FromSeconds(_random.NextDouble() * _duration.TotalSeconds);
        using Process process = _command.Start(Arguments());
        if (process.WaitForExit(until))
        {
            return null;
        }

        process.Kill();
        process.WaitForExit();
        return File.Exists(Model) ? "after the model was written"
            : File.Exists(Checkpoint + ".all") ? "training on all images"
            : File.Exists(Checkpoint) ? "training with held-out images"
            : "before the stages were trained";
    }

    /// <summary>Waits for the end; null where the exit code is 0.</summary>
    private static string? Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                throw new TimeoutException($"the command had not ended after {Patience}");
            }

            output.Wait();
            return process.ExitCode == 0 ? null : $"exit code {process.ExitCode}: {error.Result}";
        }
    }
}
