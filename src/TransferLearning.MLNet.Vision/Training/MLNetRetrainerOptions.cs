using TransferLearning.Heads;
using TransferLearning.MLNet.Vision.Weights;
using TransferLearning.MLNet.Vision.Workspaces;

namespace TransferLearning.MLNet.Vision;

/// <summary>Options of <see cref="MLNetRetrainer"/>. Immutable.</summary>
public sealed record MLNetRetrainerOptions
{
    /// <summary>The pre-trained network. Default: <see cref="MLNetNetwork.ResNetV250"/>, as in ML.NET.</summary>
    public MLNetNetwork Network { get; init; } = MLNetNetwork.ResNetV250;

    /// <summary>
    /// The network's file; null for the one that <see cref="MLNetWeights.DownloadAsync"/> has stored. <c>Fit</c> never downloads. Default:
    /// null.
    /// </summary>
    public MLNetWeights? Weights { get; init; }

    /// <summary>The maximum number of epochs, 1 to 100,000. Default: 200.</summary>
    public int Epochs { get; init; } = 200;

    /// <summary>The number of images per step, at least 1; with fewer training images, a step has all of them. Default: 10.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>The learning rate. Default: <see cref="MLNetLearningRate.Default"/>.</summary>
    public MLNetLearningRate LearningRate { get; init; } = MLNetLearningRate.Default;

    /// <summary>
    /// When to stop before the last epoch, by the loss on a fifth of the training images, which a first run does not learn from; the head
    /// is then trained on all of them up to the best epoch. Null to run all epochs. Default: after 20 epochs in a row without improvement.
    /// </summary>
    public EarlyStopping? EarlyStopping { get; init; } = new() { Patience = 20 };

    /// <summary>
    /// The folder in which each fit has a folder of its own while it runs; a copy of the network is kept in it, too. Null for the system's
    /// temporary folder, with the copy of the network in the user's cache folder. Default: null.
    /// </summary>
    public string? WorkspaceDirectory { get; init; }

    /// <summary>Default options for one of the user's network files; the names of its nodes tell which network it is.</summary>
    /// <param name="path">The file (.meta).</param>
    /// <exception cref="TransferLearningException">The file cannot be read, or is not one of ML.NET's networks.</exception>
    public static MLNetRetrainerOptions For(string path) => new()
    {
        Network = WeightsCheck.Recognize(path),
        Weights = MLNetWeights.FromFile(path),
    };

    internal MLNetWeights WeightsOrStored => Weights ?? MLNetWeights.Stored(Network);

    internal IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(Network))
        {
            problems.Add($"Network is {Network}: it must be one of {string.Join(", ", Enum.GetNames<MLNetNetwork>())}");
        }

        if (Epochs is < 1 or > 100_000)
        {
            problems.Add($"Epochs is {Epochs}: it must be in 1..100,000");
        }

        if (BatchSize < 1)
        {
            problems.Add($"BatchSize is {BatchSize}: it must be at least 1");
        }

        LearningRate.Validate(problems);
        EarlyStopping?.Validate(problems);
        TrainerWorkspace.Validate(WorkspaceDirectory, problems);
        return problems;
    }
}
