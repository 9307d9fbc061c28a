using System.Diagnostics;
using System.Globalization;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Runtime.Passes;
using TransferLearning.Strategies;
using TransferLearning.Strategies.PreTraining.Photos;
using TransferLearning.Tuning;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>
/// Measures the time to a validation accuracy: with cached bottlenecks, with the last stage unfrozen, and with the same network trained
/// from random weights. The tables of reports/transfer.md. Prints Markdown.
/// </summary>
internal static class TransferTimeMeasurement
{
    private const string Usage = "usage: measure-transfer EMPTY-CACHE-FOLDER SET [EPOCHS ...]";

    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments.Length < 2)
        {
            error.WriteLine(Usage);
            return 1;
        }

        var sets = new SharedSets(arguments[0]);
        DatasetSplit split = SharedSets.Divide(SharedSets.Open(arguments[1]), seed: 0);
        output.WriteLine("| training | seconds | validation accuracy |");
        output.WriteLine("| --- | --- | --- |");
        double head = FineTune("bottlenecks, computed", stages: 0);
        FineTune("bottlenecks from the cache", stages: 0);
        FineTune("last stage unfrozen, bottlenecks from the cache", stages: 1);
        foreach (string epochs in arguments.Skip(2))
        {
            FromScratch(split, int.Parse(epochs, CultureInfo.InvariantCulture), head, output, error);
        }

        return 0;

        double FineTune(string name, int stages)
        {
            var options = new FineTuningOptions { FalseRejectRate = null, UnfrozenStages = stages };
            long start = Stopwatch.GetTimestamp();
            FineTuningResult result = TransferPipeline.FineTune(split.Train, options)
                .WithBackbone(Backbone.Compact)
                .WithBottleneckCache(sets.Cache)
                .WithValidation(split.Validation)
                .Fit();
            result.Model.Dispose();
            Write(output, name, Stopwatch.GetElapsedTime(start), result.Metrics.Accuracy);
            return result.Metrics.Accuracy;
        }
    }

    /// <summary>
    /// Trains until the validation images, which are evaluated after each epoch, are predicted as well as by the head, or to the end of the
    /// schedule. What reading the images takes is left out.
    /// </summary>
    private static void FromScratch(DatasetSplit split, int epochs, double accuracy, TextWriter output, TextWriter error)
    {
        const int Size = 128;
        NetworkArchitecture architecture = NetworkArchitecture.Compact;
        var images = ImageDataset.FromImages(split.Train.Images.Concat(split.Validation.Images));
        var memory = PhotoMemory.OfMachine();
        new PhotoReading(Size, Size, memory, Environment.ProcessorCount, TimeProvider.System).Extract(images);
        var task = new NetworkTrainingTask
        {
            Name = "the network compact",
            Graph = GraphCut.At(architecture.Build(0, Size, images.Labels.Count), "logits"),
            Images = new TrainingPhotos(
                images,
                NetworkArchitecture.Preprocessing(Size),
                new PhotoViews(ImageAugmentation.Photos, null),
                memory,
                Environment.ProcessorCount),
            Labels = images.LabelIndices.ToArray(),
            Classes = images.Labels.Count,
            Training = [.. Enumerable.Range(0, split.Train.Count)],
            HeldOut = [.. Enumerable.Range(split.Train.Count, split.Validation.Count)],
        };
        using var stop = new CancellationTokenSource();
        long start = Stopwatch.GetTimestamp();
        double best = 0;
        TimeSpan? reached = null;
        var context = new RetrainingContext
        {
            CancellationToken = stop.Token,
            Progress = new EpochsUntil(epoch =>
            {
                best = Math.Max(best, epoch.HeldOutAccuracy!.Value);
                error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} s, epoch {epoch.Epoch} of {epochs}: {epoch.HeldOutAccuracy:.000}"));
                if (epoch.HeldOutAccuracy >= accuracy)
                {
                    reached = Stopwatch.GetElapsedTime(start);
                    stop.Cancel();
                }
            }),
        };
        NetworkTrainingOptions options = NetworkTrainingOptions.FromScratch with { Epochs = epochs, TrainsNormalization = true };
        using (var training = new NetworkTraining(task, options, context))
        {
            training.Run();
        }

        string name = reached is null ? $"from scratch, {epochs} epochs: not reached" : $"from scratch, schedule of {epochs} epochs";
        Write(output, name, reached ?? Stopwatch.GetElapsedTime(start), best);
    }

    private static void Write(TextWriter output, string name, TimeSpan time, double accuracy)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {time.TotalSeconds:0.0} | {accuracy:.000} |"));
        output.Flush();
    }

    private sealed class EpochsUntil(Action<EpochProgress> report) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value) => report(value);
    }
}
