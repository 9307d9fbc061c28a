using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using TransferLearning.Runtime.Building;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Pointwise;
using TransferLearning.Runtime.Steps.Reference;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>
/// Times single nodes without a kernel beside ONNX Runtime and prints a table for reports/operators.md: the fastest of many runs of either,
/// which take turns. Ours is the time of the node's step on all threads, with the copies of maps to and from its layout; ONNX Runtime's
/// is that of a model with this node alone.
/// </summary>
internal static class OperatorMeasurement
{
    private const int Rounds = 6;
    private const int Runs = 20;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length is not (1 or 2) || !int.TryParse(arguments[0], CultureInfo.InvariantCulture, out int threads) || threads < 1)
        {
            error.WriteLine("usage: measure-operators THREADS [CASE (a part of its name)]");
            return 1;
        }

        output.WriteLine("| node | ours, ms | ONNX Runtime, ms | ratio |");
        output.WriteLine("| --- | --- | --- | --- |");
        string part = arguments.Length == 2 ? arguments[1] : "";
        foreach (OperatorCase test in OperatorCase.All.Where(c => c.Name.Contains(part, StringComparison.Ordinal)))
        {
            (double ours, double theirs) = Time(test, threads);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {test.Name} | {ours:0.000} | {theirs:0.000} | {ours / theirs:0.0} |"));
        }

        return 0;
    }

    private static (double Ours, double Theirs) Time(OperatorCase test, int threads)
    {
        var b = new GraphBuilder("operator", 21, seed: 1);
        string x = b.Input("x", 1, test.Channels, test.Height, test.Width);
        Graph graph = b.Output(test.Build(b, x), "y").Build();
        using var network = CompiledNetwork.Compile(graph, new NetworkOptions { Threads = threads });
        Step[] steps = [.. network.Program.ImageSteps, .. network.Program.GroupSteps, .. network.Program.BatchSteps];
        bool[] isCounted = [.. steps.Select(static s => s is ReferenceStep or ElementFunctionStep)];
        using InferenceSession session = Open(graph, threads);
        float[] image = SeededImages.Create(1, test.Height, test.Width, test.Channels);
        using var value = OrtValue.CreateTensorValueFromMemory(image, [1, test.Channels, test.Height, test.Width]);
        (double ours, double theirs) = (double.PositiveInfinity, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            double[] microseconds = NetworkProfile.Together(network, steps, threads, Runs);
            ours = Math.Min(ours, microseconds.Where((_, i) => isCounted[i]).Sum() / 1000);
            theirs = Math.Min(theirs, Fastest(session, value));
        }

        return (ours, theirs);
    }

    private static double Fastest(InferenceSession session, OrtValue value)
    {
        double fastest = double.PositiveInfinity;
        using var options = new RunOptions();
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            session.Run(options, ["x"], [value], ["y"]).Dispose();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return fastest;
    }

    private static InferenceSession Open(Graph graph, int threads)
    {
        using var file = new MemoryStream();
        OnnxWriter.Write(graph, file);
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        return new InferenceSession(file.ToArray(), options);
    }
}
