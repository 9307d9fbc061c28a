namespace TransferLearning.Strategies.FineTuning;

/// <summary>Fine-tuning from nothing or from a model.</summary>
internal interface IFineTuning : ITransferStrategy<FineTuningResult>
{
    /// <summary>The same images and options, but going on from a model.</summary>
    IFineTuning From(ModelSource model);
}
