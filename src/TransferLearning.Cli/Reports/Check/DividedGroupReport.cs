namespace TransferLearning.Cli.Reports.Check;

/// <summary>A group of a manifest with images in both parts of the data's own split.</summary>
internal sealed record DividedGroupReport(string Name, int TrainImages, int ValidationImages);
