namespace TransferLearning.MLNet.Training;

/// <summary>What trains a head on the bottleneck files of a workspace: ML.NET's trainer, or what stands for it in tests.</summary>
internal interface ITrainer
{
    /// <summary>Adds a sentence for each reason why it cannot run here.</summary>
    void Validate(List<string> problems);

    /// <summary>
    /// Trains, telling the course of each epoch, and leaves the frozen graph in the workspace. The weights are those of the last epoch.
    /// </summary>
    /// <exception cref="TransferLearningException">The trainer failed.</exception>
    void Fit(TrainerSettings settings, EpochRecorder course);
}
