namespace TransferLearning.Heads.Softmax;

/// <summary>The number of epochs that was chosen on inner folds. Immutable.</summary>
/// <param name="Epochs">The number; 0 where no epoch was better than the head that training starts from.</param>
/// <param name="HeldOut">The predictions of the folds' heads after so many epochs; null where none was evaluated.</param>
internal sealed record EpochChoice(int Epochs, HeldOutPredictions? HeldOut);
