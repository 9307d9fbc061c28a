using System.Diagnostics;
using TransferLearning.Benchmarks.Caching;
using TransferLearning.Models;

namespace TransferLearning.Benchmarks.Training;

/// <summary>Kills a fine-tuning with unfrozen stages at random moments, resumes it, and compares the model with that of an undisturbed run.
/// </summary>
internal sealed class ResumeTrial
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TransferCommand _command;
    private readonly string _data = SharedFiles.PathOf("data", "flowers-small");
    private readonly string _network = SharedFiles.PathOf("models", "onnx", "mobilenet_v1_0.25_128.onnx");
    private readonly string _folder;
    private readonly byte[] _expected;
    private readonly TimeSpan _duration;
    private readonly TimeSpan _tuning;

    // Moments differ from round to round; which ones, does not matter.
    private readonly Random _random = new(20261201);

    /// <param name="command">The program.</param>
    /// <param name="folder">A folder for cache and outputs.</param>
    public ResumeTrial(TransferCommand command, string folder)
    {
        (_command, _folder) = (command, folder);
        Directory.CreateDirectory(Outputs);
        long start = Stopwatch.GetTimestamp();
        Process process = command.Start(Arguments());
        WaitForCheckpoint(process);
        _tuning = Stopwatch.GetElapsedTime(start);
        string? failure = Finish(process);
        _duration = Stopwatch.GetElapsedTime(start);
        _tuning = _duration - _tuning;
        _expected = failure is null ? File.ReadAllBytes(Model) : throw new InvalidOperationException(failure);
        using var model = TransferModel.Load(Model);
        if (!model.Origin.Facts.ContainsKey("tunedStages"))
        {
            throw new InvalidOperationException("the model has the head alone: it does not show that stages are resumed");
        }
    }

    /// <summary>How long the undisturbed training took, from an empty cache.</summary>
    public TimeSpan Duration => _duration;

    private string Outputs => Path.Combine(_folder, "outputs");

    private string Cache => Path.Combine(_folder, "cache");

    private string Model => Path.Combine(Outputs, "model.onnx");

    private string Checkpoint => Model + ".checkpoint";

    /// <summary>
    /// Trains once, from an empty cache in every fourth round; half of what is resumed is killed again. The moments are any in every fourth
    /// round, and those at which stages are trained in the others.
    /// </summary>
    public ResumeFinding Run(int round)
    {
        Directory.Delete(Outputs, recursive: true);
        Directory.CreateDirectory(Outputs);
        bool atAnyTime = round % 4 == 0;
        if (atAnyTime)
        {
            Directory.Delete(Cache, recursive: true);
        }

        List<string> kills = [], failures = [];
        do
        {
            if (Kill(atAnyTime) is { } moment)
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
            "fine-tune", _data, "-o", Model, "--cache", Cache, "--backbone", _network, "--unfreeze", "2", "--augment", "1",
            "--learning-rate", "0.01", "--no-date", "--quiet",
        ];
        return File.Exists(Checkpoint) ? [.. arguments, "--resume"] : arguments;
    }

    /// <summary>Kills the command at a random moment; null where it ended before.</summary>
    private string? Kill(bool atAnyTime)
    {
        TimeSpan until = _random.NextDouble() * (atAnyTime ? _duration : _tuning);
        using Process process = _command.Start(Arguments());
        if (!atAnyTime)
        {
            WaitForCheckpoint(process);
        }

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

    private void WaitForCheckpoint(Process process)
    {
        while (!process.HasExited && !File.Exists(Checkpoint))
        {
            Thread.Sleep(1);
        }
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
