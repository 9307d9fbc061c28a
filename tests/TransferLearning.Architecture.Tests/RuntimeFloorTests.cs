namespace TransferLearning.Architecture.Tests;

/// <summary>The runtime is built in floors: each stands on those below it.</summary>
public sealed class RuntimeFloorTests
{
    // From the ground up. Folders on one floor do not use each other.
    private static readonly string[][] Floors =
    [
        ["."], ["Tensors", "Files"], ["Graphs"], ["Operators"], ["Evaluation"], ["Passes", "Building"], ["Formats"], ["Kernels"], ["Steps"],
        ["Compilation"], ["Execution"], ["Training"],
    ];

    [Fact]
    public void Each_folder_is_on_a_floor() =>
        FolderArrows.Of("TransferLearning.Runtime").Keys.Select(Top).Distinct().Except(Floors.SelectMany(f => f)).ShouldBeEmpty();

    [Fact]
    public void A_folder_uses_only_the_floors_below_it()
    {
        FolderArrows.Of("TransferLearning.Runtime")
            .SelectMany(arrow => arrow.Value.Select(used => (From: Top(arrow.Key), To: Top(used))))
            .Where(arrow => arrow.From != arrow.To && FloorOf(arrow.From) <= FloorOf(arrow.To))
            .Select(arrow => $"{arrow.From} -> {arrow.To}")
            .Distinct()
            .ShouldBeEmpty();
    }

    private static string Top(string folder) => folder.Split('/')[0];

    private static int FloorOf(string folder) => Array.FindIndex(Floors, f => f.Contains(folder));
}
