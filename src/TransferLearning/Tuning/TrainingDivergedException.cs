namespace TransferLearning.Tuning;

/// <summary>The loss of a training became infinite before its first epoch ended; the message advises another learning rate.</summary>
/// <param name="message">The network, the epoch, the learning rate, and one to try.</param>
internal sealed class TrainingDivergedException(string message) : TransferLearningException(message);
