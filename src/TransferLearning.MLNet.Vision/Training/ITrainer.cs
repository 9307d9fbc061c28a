namespace TransferLearning.MLNet.Vision.Training;

/// <summary>Trains a head on the bottleneck files of a workspace: ML.NET's trainer, or a simulation of it in tests.</summary>
internal interface ITrainer
{
    /// <summary>Adds a sentence for each reason why it cannot run on this machine.</summary>
    void Validate(List<string> problems);

    /// <summary>
    /// Trains, reports each epoch to the recorder, and leaves the frozen graph, with the weights of the last epoch, in the workspace.
    /// </summary>
    /// <exception cref="TransferLearningException">The trainer failed.</exception>
    void Fit(TrainerSettings settings, EpochRecorder recorder);
}
