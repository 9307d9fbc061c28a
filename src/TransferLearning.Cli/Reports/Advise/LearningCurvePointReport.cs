namespace TransferLearning.Cli.Reports.Advise;

/// <summary>A point of a learning curve.</summary>
internal sealed record LearningCurvePointReport(double TrainImages, double Accuracy);
