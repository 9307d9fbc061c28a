namespace TransferLearning.Cli.Reports.Check;

/// <summary>A group of a manifest with images on both sides of the data's own division.</summary>
internal sealed record DividedGroupReport(string Name, int TrainImages, int ValidationImages);
