using System.Diagnostics;
using TransferLearning.Models;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>
/// Times the first prediction of new processes, from the start of the process to its end, and loading a network in a warm process: the
/// figures of reports/start.md.
/// </summary>
internal static class StartTiming
{
    private const int Processes = 15;
    private const int Loads = 15;

    /// <summary>
    /// Times this program when it does nothing and when it predicts once, and programs with a verb <c>predict MODEL IMAGE</c>. The programs
    /// take turns.
    /// </summary>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string model, string image, string network, .. string[] programs])
        {
            error.WriteLine("usage: time-start MODEL IMAGE NETWORK PROGRAM...");
            return 1;
        }

        string self = Environment.ProcessPath!;
        (string Name, string[] Command)[] starts =
        [
            ("an empty process", [self, "predict-once"]),
            ("TransferModel.Load, Predict", [self, "predict-once", model, image]),
            .. programs.Select(program => (program, (string[])[program, "predict", model, image])),
        ];
        double[][] milliseconds = [.. starts.Select(_ => new double[Processes])];
        for (int round = 0; round < Processes; round++)
        {
            for (int i = 0; i < starts.Length; i++)
            {
                milliseconds[i][round] = RunProcess(starts[i].Command);
            }
        }

        for (int i = 0; i < starts.Length; i++)
        {
            Report(output, starts[i].Name, milliseconds[i]);
        }

        string name = Path.GetFileName(network);
        Report(output, $"{name}, warm: read", TimeLoads(() => OnnxReader.Read(network)));
        Report(
            output,
            $"{name}, warm: read and compile",
            TimeLoads(() => CompiledNetwork.Compile(OnnxReader.Read(network), new NetworkOptions()).Dispose()));
        return 0;
    }

    /// <summary>Loads a model and predicts one image; does nothing without arguments.</summary>
    public static int PredictOnce(string[] arguments)
    {
        if (arguments is [string model, string image])
        {
            using var loaded = TransferModel.Load(model);
            Console.WriteLine(loaded.Predict(image).Label);
        }

        return 0;
    }

    private static double RunProcess(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Time(() =>
        {
            using Process process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{string.Join(' ', command)}: {process.StandardError.ReadToEnd()}");
            }
        });
    }

    private static IEnumerable<double> TimeLoads(Action load) => Enumerable.Range(0, Loads).Select(_ => Time(load));

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
