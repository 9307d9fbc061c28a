using System.Diagnostics;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Files;
using TransferLearning.Models;

namespace TransferLearning.Benchmarks.Caching;

/// <summary>Starts a command over a cache, kills it, and compares what is left with an undisturbed run.</summary>
internal sealed class KillTrial
{
    private static readonly (string Verb, string Moment)[] Kinds =
    [
        ("extract", "any time"),
        ("extract", "a file of the cache grows"),
        ("fine-tune", "any time"),
        ("extract", "a lock is made"),
        ("cache compact", "a new file is made"),
        ("fine-tune", "a file of the cache grows"),
        ("extract", "the output is written"),
        ("fine-tune", "the output is written"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TransferCommand _command;
    private readonly string _data;
    private readonly string _folder;
    private readonly StoredRecords _undisturbed;
    private readonly byte[] _features;
    private readonly TimeSpan _duration;

    // Moments differ from round to round; which ones, does not matter.
    private readonly Random _random = new(20261130);

    public KillTrial(TransferCommand command, string data, string folder)
    {
        (_command, _data, _folder) = (command, data, folder);
        long start = Stopwatch.GetTimestamp();
        Finish(command.Start(Arguments("extract")));
        _duration = Stopwatch.GetElapsedTime(start);
        _undisturbed = StoredRecords.Read(Cache);
        _features = File.ReadAllBytes(OutputOf("extract"));
    }

    private string Cache => Path.Combine(_folder, "cache");

    /// <summary>Kills once: each kind of moment in turn, in a new cache and in that of the round before.</summary>
    public KillFinding Run(int round)
    {
        (string verb, string moment) = Kinds[round % Kinds.Length];
        PrepareCache(verb, round);
        int copies = Directory.Exists(Cache) ? StoredRecords.Read(Cache).Repeated : 0;
        File.Delete(OutputOf(verb));
        bool killed = Kill(verb, moment);
        var left = StoredRecords.Read(Cache);
        bool isHalf = HasHalfOutput(verb);
        int leftovers = Leftovers(Cache), held = HeldLocks();

        // What the trial has added itself is no finding.
        int repeated = Math.Max(0, left.Repeated - copies);
        string next = verb == "fine-tune" ? verb : "extract";
        int exit = Finish(_command.Start(Arguments(next)));
        var after = StoredRecords.Read(Cache);
        var finding = new KillFinding
        {
            Moment = $"{verb}, {moment}",
            WasKilled = killed,
            Records = left.Payloads.Count,
            Damaged = left.Damaged + after.Damaged,
            Repeated = repeated,
            Different = left.DifferentFrom(_undisturbed) + after.DifferentFrom(_undisturbed),
            HasHalfOutput = isHalf,
            Leftovers = leftovers,
            LeftoversAfter = Leftovers(Cache),
            HeldLocks = held,
            NextFailed = exit != 0 || !File.Exists(OutputOf(next)) || HasHalfOutput(next)
                || after.Payloads.Count != _undisturbed.Payloads.Count,
            OutputLeftovers = Directory.GetFiles(_folder, "*.tmp").Length,
        };
        Array.ForEach(Directory.GetFiles(_folder, "*.tmp"), File.Delete);
        return verb == "cache compact" && Finish(_command.Start(Arguments(verb))) != 0 ? finding with { NextFailed = true } : finding;
    }

    /// <summary>Cuts the features at some byte, so that there is work; every other time begins with a new folder.</summary>
    private void PrepareCache(string verb, int round)
    {
        if (verb == "cache compact")
        {
            AppendCopies();
        }
        else if (round / Kinds.Length % 2 == 0)
        {
            Directory.Delete(Cache, recursive: true);
        }
        else
        {
            foreach (string path in new CacheFolder(Cache).Features)
            {
                using FileStream stream = File.OpenWrite(path);
                stream.SetLength(_random.NextInt64(RecordFormat.HeaderSize, stream.Length));
            }
        }
    }

    private string OutputOf(string verb) => Path.Combine(_folder, verb == "fine-tune" ? "model.onnx" : "features.npy");

    private string[] Arguments(string verb) => verb switch
    {
        "cache compact" => ["cache", "compact", "--cache", Cache],
        "extract" or "fine-tune" => [verb, _data, "-o", OutputOf(verb), "--cache", Cache, "--backbone", "compact", "--quiet"],
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "this command is not known"),
    };

    private bool Kill(string verb, string moment)
    {
        long lengths = Lengths();
        int skipped = _random.Next(6);
        var until = TimeSpan.FromSeconds(_random.NextDouble() * _duration.TotalSeconds);
        long start = Stopwatch.GetTimestamp();
        using Process process = _command.Start(Arguments(verb));
        while (!process.HasExited && !IsTime())
        {
            Thread.Sleep(0);
        }

        bool killed = !process.HasExited;
        process.Kill();
        process.WaitForExit();
        return killed;

        bool IsTime() => moment switch
        {
            "any time" => Stopwatch.GetElapsedTime(start) >= until,
            "a file of the cache grows" => Lengths() is var now && now != lengths && (lengths = now) >= 0 && skipped-- == 0,
            "a lock is made" => AnyIn(Cache, "*.lock"),
            "a new file is made" => AnyIn(Cache, "*.new"),
            "the output is written" => AnyIn(_folder, "*.tmp") && Lengths() > 0,
            _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, "this moment is not known"),
        };
    }

    private static bool AnyIn(string folder, string pattern) => Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Any();

    private long Lengths() => Directory.Exists(Cache) ? new CacheFolder(Cache).Bytes : 0;

    /// <summary>Appends copies of the records to the files, so that compacting has work.</summary>
    private void AppendCopies()
    {
        foreach ((string path, RecordFormat format) in new CacheFolder(Cache).RecordFiles())
        {
            byte[] bytes = File.ReadAllBytes(path);
            var appender = new RecordAppender(path, format);
            using IDisposable? held = appender.Lock();
            int records = format.RecordsIn(bytes.Length);
            for (int i = 0; i < 20; i++)
            {
                appender.Append(bytes.AsSpan(RecordFormat.HeaderSize, records * format.RecordSize));
            }
        }
    }

    private bool HasHalfOutput(string verb)
    {
        string path = OutputOf(verb);
        if (!File.Exists(path))
        {
            return false;
        }

        if (verb != "fine-tune")
        {
            return !File.ReadAllBytes(path).AsSpan().SequenceEqual(_features);
        }

        try
        {
            TransferModel.Load(path).Dispose();
            return false;
        }
        catch (TransferLearningException)
        {
            return true;
        }
    }

    private static int Leftovers(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder).Count(f => Path.GetExtension(f) is ".new" or ".tmp") : 0;

    private int HeldLocks() => new CacheFolder(Cache).All.Count(f =>
    {
        using IDisposable? held = new SharedFile(f).TryLock();
        return held is null;
    });

    private static int Finish(Process process)
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
            if (process.ExitCode != 0)
            {
                Console.Error.WriteLine(error.Result);
            }

            return process.ExitCode;
        }
    }
}
