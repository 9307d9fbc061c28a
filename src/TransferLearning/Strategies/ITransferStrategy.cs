using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>One way to do transfer learning. Implementations are immutable: everything that changes lives within a call.</summary>
/// <typeparam name="TResult">What comes out.</typeparam>
internal interface ITransferStrategy<TResult>
{
    /// <summary>What it asks of the retrainer.</summary>
    RetrainingDemands Demands { get; }

    /// <summary>Opens the data and adds a sentence for each problem that shows before the work.</summary>
    void Validate(TransferSettings settings, List<string> problems);

    /// <summary>Does the work. Settings and options were found to be valid.</summary>
    TResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken);
}
