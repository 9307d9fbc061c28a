using TransferLearning.MLNet.Vision.Training;

namespace TransferLearning.MLNet.Vision.Tests;

/// <summary>
/// Simulates ML.NET's trainer. Like that, it reads only the bottleneck files of the workspace, trains by plain gradient descent in the
/// order of the file, reports figures for the training steps and then for the validation file, and writes the weights of the last epoch
/// into a frozen graph.
/// </summary>
internal sealed class SimulatedTrainer : ITrainer
{
    public List<TrainerSettings> Fits { get; } = [];

    /// <summary>The labels of each fit's training file, in the order of the file.</summary>
    public List<long[]> TrainingLabels { get; } = [];

    public List<float[][]> TrainingRows { get; } = [];

    public List<int> ValidationRows { get; } = [];

    /// <summary>Replaces the loss on the validation file by a function of the fit and the epoch, both from 0.</summary>
    public Func<int, int, double>? Loss { get; init; }

    public Action<TrainerSettings>? OnFit { get; init; }

    public string? Problem { get; init; }

    public void Validate(List<string> problems)
    {
        if (Problem is not null)
        {
            problems.Add(Problem);
        }
    }

    public void Fit(TrainerSettings settings, EpochRecorder recorder)
    {
        int fit = Fits.Count;
        Fits.Add(settings);
        (float[][] rows, long[] labels) = Read(settings.Workspace, TrainerSettings.TrainingFile);
        (float[][] validation, long[] validationLabels) = Read(settings.Workspace, TrainerSettings.ValidationFile);
        TrainingLabels.Add(labels);
        TrainingRows.Add(rows);
        ValidationRows.Add(validation.Length);
        OnFit?.Invoke(settings);
        var head = new SimulatedHead(settings.Classes, rows[0].Length);
        for (int epoch = 0; epoch < settings.Epochs; epoch++)
        {
            for (int start = 0; start < rows.Length; start += settings.BatchSize)
            {
                int end = Math.Min(rows.Length, start + settings.BatchSize);
                head.Step(rows[start..end], labels[start..end], settings.LearningRate.Initial);
            }

            (double accuracy, double loss) = head.Evaluate(rows, labels);
            recorder.Observe(new TrainerFigures(epoch, false, accuracy, loss));
            (accuracy, loss) = head.Evaluate(validation, validationLabels);
            if (recorder.Observe(new TrainerFigures(epoch, true, accuracy, Loss?.Invoke(fit, epoch) ?? loss)))
            {
                break;
            }
        }

        File.WriteAllBytes(settings.FrozenGraph, head.Freeze());
    }

    private static (float[][] Rows, long[] Labels) Read(string workspace, string name)
    {
        // Exclusively, as the trainer opens its files.
        using var features = new BinaryReader(
            new FileStream(Path.Combine(workspace, name + "_features.bin"), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        using var labels = new BinaryReader(
            new FileStream(Path.Combine(workspace, name + "_labels.bin"), FileMode.Open, FileAccess.ReadWrite, FileShare.None));
        float[][] rows = new float[features.ReadInt32()][];
        int length = features.ReadInt32();
        long[] classes = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new float[length];
            for (int f = 0; f < length; f++)
            {
                rows[i][f] = features.ReadSingle();
            }

            classes[i] = labels.ReadInt64();
        }

        return (rows, classes);
    }
}
