using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;
using TransferLearning.Runtime.Training.Parameters;
using TransferLearning.Runtime.Training.Phases;

namespace TransferLearning.Benchmarks.Training;

/// <summary>
/// Steps of stochastic gradient descent, for comparison with peers/pytorch_training.py: writes a case, prints its losses, or how long its
/// steps take.
/// </summary>
internal static class TrainingComparison
{
    private const int Steps = 10;
    private const double Rate = 1e-4;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        switch (arguments)
        {
            case ["write", { } name, { } folder] when TrainingCase.All.ContainsKey(name):
                Write(TrainingCase.All[name](), folder);
                return 0;
            case ["losses", { } name, "batch" or "frozen"] when TrainingCase.All.ContainsKey(name):
                PrintLosses(TrainingCase.All[name](), arguments[2] == "batch", output);
                return 0;
            case ["gradients", { } name, "batch" or "frozen", { } folder] when TrainingCase.All.ContainsKey(name):
                WriteGradients(TrainingCase.All[name](), arguments[2] == "batch", folder);
                return 0;
            case ["time", { } name, { } threads, { } seconds] when TrainingCase.All.ContainsKey(name):
                Time(
                    TrainingCase.All[name](),
                    int.Parse(threads, CultureInfo.InvariantCulture),
                    double.Parse(seconds, CultureInfo.InvariantCulture),
                    output);
                return 0;
            case ["profile", { } name, { } threads] when TrainingCase.All.ContainsKey(name):
                Profile(TrainingCase.All[name](), int.Parse(threads, CultureInfo.InvariantCulture), output);
                return 0;
            default:
                error.WriteLine(
                    $"usage: training write CASE FOLDER | losses CASE batch|frozen | time CASE THREADS SECONDS | profile CASE THREADS; "
                    + $"cases: {string.Join(", ", TrainingCase.All.Keys)}");
                return 1;
        }
    }

    /// <summary>Writes network.onnx, and for each step images [images, channels, height, width] as float32 and labels as int64.</summary>
    private static void Write(TrainingCase training, string folder)
    {
        Directory.CreateDirectory(folder);
        Graph graph = training.Graph;
        ValueInfo input = graph.Inputs[0];
        var free = new Shape([-1, .. input.Shape.Dimensions[1..]]);
        ValueInfo output = graph.Outputs[0] with { Shape = new Shape(-1, training.Classes) };
        OnnxWriter.WriteFile(
            graph with { Inputs = [input with { Shape = free }], Outputs = [output] }, Path.Combine(folder, "network.onnx"));
        for (int step = 0; step < Steps; step++)
        {
            float[] images = ToNchw(training.Batch(step), input.Shape);
            File.WriteAllBytes(Path.Combine(folder, $"images{step}.bin"), MemoryMarshal.AsBytes(images.AsSpan()).ToArray());
            long[] labels = [.. Enumerable.Range(0, TrainingCase.Images).Select(i => (long)training.LabelOf(step, i))];
            File.WriteAllBytes(Path.Combine(folder, $"labels{step}.bin"), MemoryMarshal.AsBytes(labels.AsSpan()).ToArray());
        }
    }

    private static float[] ToNchw(float[] images, Shape shape)
    {
        (int channels, int height, int width) = (shape[1], shape[2], shape[3]);
        float[] result = new float[images.Length];
        for (int i = 0; i < images.Length; i++)
        {
            int c = i % channels, x = i / channels % width, y = i / channels / width % height, n = i / channels / width / height;
            result[(((((n * channels) + c) * height) + y) * width) + x] = images[i];
        }

        return result;
    }

    private static void PrintLosses(TrainingCase training, bool usesBatchStatistics, TextWriter output)
    {
        using TrainableNetwork network = training.Compile(0, usesBatchStatistics);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions());
        var losses = new List<double>();
        for (int step = 0; step < Steps; step++)
        {
            losses.Add(network.Differentiate(training.Batch(step), training.Targets(step), [], step));
            optimizer.Step(Rate);
        }

        output.WriteLine(JsonSerializer.Serialize(losses));
    }

    /// <summary>Writes the gradient of each parameter in the first step.</summary>
    private static void WriteGradients(TrainingCase training, bool usesBatchStatistics, string folder)
    {
        using TrainableNetwork network = training.Compile(0, usesBatchStatistics);
        network.Differentiate(training.Batch(0), training.Targets(0), [], 0);
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            ReadOnlySpan<float> gradient = parameter.GradientToTensor().Floats;
            File.WriteAllBytes(Path.Combine(folder, $"gradient-{parameter.Name}.bin"), MemoryMarshal.AsBytes(gradient).ToArray());
        }
    }

    private static void Time(TrainingCase training, int threads, double seconds, TextWriter output)
    {
        using TrainableNetwork network = training.Compile(threads, usesBatchStatistics: true);
        using var optimizer = Optimizer.Create(network, new OptimizerOptions());
        float[] images = training.Batch(0), targets = training.Targets(0);
        var milliseconds = new List<double>();
        var watch = Stopwatch.StartNew();
        for (int step = -2; step < 3 || watch.Elapsed.TotalSeconds < seconds; step++)
        {
            long start = Stopwatch.GetTimestamp();
            network.Differentiate(images, targets, [], 0);
            optimizer.Step(1e-3);
            if (step >= 0)
            {
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            else
            {
                watch.Restart();
            }
        }

        output.WriteLine(JsonSerializer.Serialize(new { name = "ours", threads, milliseconds }));
    }

    /// <summary>Prints the fastest time of each phase.</summary>
    private static void Profile(TrainingCase training, int threads, TextWriter output)
    {
        using TrainableNetwork network = training.Compile(threads, usesBatchStatistics: true);
        float[] images = training.Batch(0), targets = training.Targets(0);
        double[] forward = [.. network.ForwardPhases.Select(_ => double.PositiveInfinity)];
        double[] backward = [.. network.BackwardPhases.Select(_ => double.PositiveInfinity)];
        for (int i = 0; i < 10; i++)
        {
            network.Forward(images, targets, [], 0);
            Lower(forward, network.PhaseTicks);
            network.Backward(TrainingCase.Images);
            Lower(backward, network.PhaseTicks);
        }

        Print("forward", network.ForwardPhases, forward);
        Print("backward", network.BackwardPhases, backward);

        static void Lower(double[] fastest, ReadOnlySpan<long> ticks)
        {
            for (int p = 0; p < fastest.Length; p++)
            {
                fastest[p] = Math.Min(fastest[p], ticks[p] * 1e3 / Stopwatch.Frequency);
            }
        }

        void Print(string pass, TrainingPhase[] phases, double[] milliseconds)
        {
            for (int p = 0; p < phases.Length; p++)
            {
                output.WriteLine($"{milliseconds[p],8:F2} ms  {pass}  {phases[p].Name}");
            }

            output.WriteLine($"{milliseconds.Sum(),8:F2} ms  {pass}");
        }
    }
}
