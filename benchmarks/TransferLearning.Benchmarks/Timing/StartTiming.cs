using System.Diagnostics;
using TransferLearning.Models;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>
/// Times the first prediction of fresh processes, from starting the process to its end, and the loading of a network in a warm one: the
/// figures of reports/start.md.
/// </summary>
internal static class StartTiming
{
    private const int Processes = 15;
    private const int Loads = 15;

    /// <summary>Times this program predicting once, doing nothing, and the <c>transfer</c> command predicting.</summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string transfer, string model, string image, string network])
        {
            error.WriteLine("usage: time-start TRANSFER-COMMAND MODEL IMAGE NETWORK");
            return 1;
        }

        string self = Environment.ProcessPath!;
        Report(output, "an empty process", Enumerable.Range(0, Processes).Select(_ => RunProcess(self, "predict-once")));
        Report(output, "TransferModel.Load, Predict", Enumerable.Range(0, Processes).Select(_ => RunProcess(self, "predict-once", model, image)));
        Report(output, "transfer predict", Enumerable.Range(0, Processes).Select(_ => RunProcess(transfer, "predict", model, image)));
        Report(output, $"{Path.GetFileName(network)}, warm: read", Enumerable.Range(0, Loads).Select(_ => Time(() => OnnxReader.Read(network))));
        Report(
            output,
            $"{Path.GetFileName(network)}, warm: read and compile",
            Enumerable.Range(0, Loads).Select(_ => Time(() => CompiledNetwork.Compile(OnnxReader.Read(network), new NetworkOptions()).Dispose())));
        return 0;
    }

    /// <summary>What a small program does; nothing without arguments.</summary>
    public static int PredictOnce(string[] arguments)
    {
        if (arguments is [string model, string image])
        {
            using TransferModel loaded = TransferModel.Load(model);
            Console.WriteLine(loaded.Predict(image).Label);
        }

        return 0;
    }

    private static double RunProcess(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Time(() =>
        {
            using Process process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{file} {string.Join(' ', arguments)}: {process.StandardError.ReadToEnd()}");
            }
        });
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void Report(TextWriter output, string what, IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        output.WriteLine(FormattableString.Invariant($"| {what} | {sorted[0]:F0} | {sorted[sorted.Length / 2]:F0} |"));
    }
}
