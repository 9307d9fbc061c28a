using TransferLearning.Data;

namespace TransferLearning.Docs.Tests.Snippets;

internal static class OpenData
{
    public static void Run()
    {
        // begin
        ImageDataset data = ImageDataset.Open("photos/");
        Console.WriteLine($"{data.Count} images of {data.Labels.Count} classes");
        foreach (DatasetFinding finding in data.Findings)
        {
            Console.WriteLine($"{finding.Path}: {finding.Message}");
        }
        // end
    }
}
