using System.Diagnostics;
using System.Globalization;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Execution.Steps;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Benchmarks.Timing;

/// <summary>
/// Prints where a network's time goes: the microseconds of each step for an image, on one thread, with images in groups as in a batch.
/// The fastest of many runs over the whole network, so that each step finds the caches as it would.
/// </summary>
internal static class NetworkProfile
{
    private const int Runs = 60;

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length is not (2 or 3))
        {
            error.WriteLine($"usage: profile-network MODEL IMAGES-A-GROUP (1 to {NetworkProgram.GroupImages}) [SIZE]");
            return 1;
        }

        int images = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        int? size = arguments.Length == 3 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : null;
        var options = new NetworkOptions { Threads = 1, Height = size, Width = size };
        using CompiledNetwork network = CompiledNetwork.Compile(OnnxReader.Read(arguments[0]), options);
        using NetworkWorker worker = network.CreateWorker();
        NetworkProgram program = network.Program;
        Step[] steps = [.. program.ImageSteps, .. program.GroupSteps];
        double[] microseconds = [.. Enumerable.Repeat(double.PositiveInfinity, steps.Length)];
        float[] input = SeededImages.Create(images, network.Height, network.Width, network.Channels);
        var result = new float[images * network.OutputLength];
        for (int run = 0; run < Runs; run++)
        {
            // The whole network first: it leaves every value and border as a run of the step alone expects them.
            worker.Run(input, images, result);
            worker.Memory.BindGroup(worker.Workspace, worker.Memory, 0, images);
            for (int i = 0; i < steps.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                RunStep(steps[i], worker.Workspace, i < program.ImageSteps.Length, images);
                microseconds[i] = Math.Min(microseconds[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds / images);
            }
        }

        for (int i = 0; i < steps.Length; i++)
        {
            output.WriteLine($"{microseconds[i],9:F1} us  {(i < program.ImageSteps.Length ? "image" : "group")}  {steps[i].Description}");
        }

        output.WriteLine($"{microseconds.Sum(),9:F1} us");
        return 0;
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
            step.RunRows(workspace, 0, step.Output.Layout.Height);
        }
    }
}
