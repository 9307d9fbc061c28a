using System.Diagnostics;
using System.Globalization;
using TransferLearning.Runtime.Compilation;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Formats.Onnx;
using TransferLearning.Runtime.Steps;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>
/// Prints how long each step of a network takes, in microseconds per image: on one thread with images in groups, as in a batch, or with
/// several threads that share one image. The figures are the fastest of many runs of the whole network, so that each step finds the
/// processor's caches as in use.
/// </summary>
internal static class NetworkProfile
{
    private const int Runs = 60;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length is < 2 or > 4)
        {
            error.WriteLine(
                $"usage: profile-network MODEL IMAGES-PER-GROUP (1 to {NetworkProgram.MaxGroupImages}) [SIZE (0: the model's) [THREADS]]");
            return 1;
        }

        int size = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 0;
        int threads = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : 1;
        var options = new NetworkOptions { Threads = 1, Height = size == 0 ? null : size, Width = size == 0 ? null : size };
        using var network = CompiledNetwork.Compile(OnnxReader.Read(arguments[0]), options);
        NetworkProgram program = network.Program;
        int images = Math.Min(int.Parse(arguments[1], CultureInfo.InvariantCulture), program.GroupImages);
        Step[] steps = [.. program.ImageSteps, .. program.GroupSteps];
        double[] microseconds = threads == 1 ? OneThread(network, steps, images) : Together(network, steps, threads, Runs);
        for (int i = 0; i < steps.Length; i++)
        {
            output.WriteLine($"{microseconds[i],9:F1} us  {(i < program.ImageSteps.Length ? "image" : "group")}  {steps[i].Description}");
        }

        output.WriteLine($"{microseconds.Sum(),9:F1} us");
        return 0;
    }

    private static double[] OneThread(CompiledNetwork network, Step[] steps, int images)
    {
        using NetworkWorker worker = network.CreateWorker();
        double[] microseconds = [.. Enumerable.Repeat(double.PositiveInfinity, steps.Length)];
        float[] input = SeededImages.Create(images, network.Height, network.Width, network.Channels);
        float[] result = new float[images * network.OutputLength];
        for (int run = 0; run < Runs; run++)
        {
            // First the whole network, which leaves all values and borders as a run of a single step expects them.
            worker.Run(input, images, result);
            worker.Memory.BindGroup(worker.Workspace, worker.Memory, 0, images);
            for (int i = 0; i < steps.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                RunStep(steps[i], worker.Workspace, i < network.Program.ImageSteps.Length, images);
                microseconds[i] = Math.Min(microseconds[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds / images);
            }
        }

        return microseconds;
    }

    /// <summary>All threads share the steps of one image; each time includes starting the threads and waiting for the last one.</summary>
    internal static double[] Together(CompiledNetwork network, Step[] steps, int threads, int runs)
    {
        using var team = new ThreadTeam(threads);
        NetworkWorker[] workers = [.. Enumerable.Range(0, threads).Select(_ => network.CreateWorker())];
        double[] microseconds = [.. Enumerable.Repeat(double.PositiveInfinity, steps.Length)];
        float[] input = SeededImages.Create(1, network.Height, network.Width, network.Channels);
        float[] result = new float[network.OutputLength];
        var shared = new SharedWork(team);
        Array.ForEach(workers, w => w.Workspace.Team = threads > 1 ? shared : null);
        for (int run = 0; run < runs; run++)
        {
            workers[0].Run(input, 1, result);
            foreach (NetworkWorker worker in workers)
            {
                workers[0].Memory.BindGroup(worker.Workspace, workers[0].Memory, 0, 1);
            }

            for (int i = 0; i < steps.Length; i++)
            {
                Step step = steps[i];
                long start = Stopwatch.GetTimestamp();
                team.Run(thread => step.RunPart(workers[thread].Workspace, step.Rows, thread, threads));
                microseconds[i] = Math.Min(microseconds[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        foreach (NetworkWorker worker in workers)
        {
            worker.Dispose();
        }

        return microseconds;
    }

    private static void RunStep(Step step, Workspace workspace, bool imageByImage, int images)
    {
        if (!imageByImage)
        {
            step.RunGroup(workspace, images);
            return;
        }

        for (int i = 0; i < images; i++)
        {
            workspace.Image = 0;
            step.RunRows(workspace, 0, step.Rows);
        }
    }
}
