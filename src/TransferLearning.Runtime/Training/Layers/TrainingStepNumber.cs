namespace TransferLearning.Runtime.Training.Layers;

/// <summary>The number of the current step, which random choices depend on.</summary>
internal sealed class TrainingStepNumber
{
    public long Value { get; set; }
}
