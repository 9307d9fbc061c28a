namespace TransferLearning.Cli.Reports.Check;

/// <summary>The readable images of a class.</summary>
internal sealed record ClassCountReport(string Name, int Images, int TrainImages, int ValidationImages);
