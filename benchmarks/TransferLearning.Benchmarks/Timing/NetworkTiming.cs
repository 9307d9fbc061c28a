using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>Times a whole network and prints one line of JSON with the milliseconds of each run, like the peers' scripts.</summary>
internal static class NetworkTiming
{
    private const int WarmUpRuns = 3;
    private const int MinRuns = 3;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length is not (4 or 5))
        {
            error.WriteLine("usage: time-network MODEL THREADS BATCH SECONDS [SIZE]");
            return 1;
        }

        int threads = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        int batch = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        double seconds = double.Parse(arguments[3], CultureInfo.InvariantCulture);
        int? size = arguments.Length == 5 ? int.Parse(arguments[4], CultureInfo.InvariantCulture) : null;
        var options = new NetworkOptions { Threads = threads, Height = size, Width = size };
        using var network = CompiledNetwork.Compile(OnnxReader.Read(arguments[0]), options);
        string milliseconds = JsonSerializer.Serialize(Time(network, batch, seconds));
        output.WriteLine($"{{\"name\":\"ours\",\"batch\":{batch},\"threads\":{threads},\"milliseconds\":{milliseconds}}}");
        return 0;
    }

    private static List<double> Time(CompiledNetwork network, int batch, double seconds)
    {
        float[] images = SeededImages.Create(batch, network.Height, network.Width, network.Channels);
        float[] output = new float[batch * network.OutputLength];
        for (int i = 0; i < WarmUpRuns; i++)
        {
            network.Run(images, batch, output);
        }

        var milliseconds = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (milliseconds.Count < MinRuns || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long before = Stopwatch.GetTimestamp();
            network.Run(images, batch, output);
            milliseconds.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return milliseconds;
    }
}
