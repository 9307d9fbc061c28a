using TransferLearning.Data;

namespace TransferLearning.Docs.Tests.Snippets.Reports;

internal static class CheckData
{
    public static void Run()
    {
        // begin
        DatasetCheck check = ImageDataset.Open("photos/").Check();
        Console.WriteLine($"{check.Unreadable.Count} of {check.Images} images cannot be read");
        foreach (DuplicateImages leak in check.Leaks)
        {
            Console.WriteLine($"in training and in validation: {string.Join(" = ", leak.Images.Select(i => i.Path))}");
        }
        // end
    }
}
