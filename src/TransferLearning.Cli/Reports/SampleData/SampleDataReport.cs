namespace TransferLearning.Cli.Reports.SampleData;

/// <summary>What <c>sample-data --json</c> writes.</summary>
internal sealed record SampleDataReport(int Images, int Classes, int TrainImages, int ValidationImages);
