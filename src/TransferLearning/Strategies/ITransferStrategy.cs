using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>One way to do transfer learning. Implementations are immutable: everything that changes lives within a call.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
internal interface ITransferStrategy<TResult>
{
    /// <summary>What it asks of the retrainer.</summary>
    RetrainingDemands Demands { get; }

    /// <summary>Opens the data and adds a sentence for each problem that can be found before the work.</summary>
    void Validate(TransferSettings settings, List<string> problems);

    /// <summary>Runs the strategy, by the steps of <see cref="StrategyRun"/>. Settings and options are valid.</summary>
    TResult Run(TransferSettings settings, IProgress<TransferProgress>? progress, CancellationToken cancellationToken);
}
