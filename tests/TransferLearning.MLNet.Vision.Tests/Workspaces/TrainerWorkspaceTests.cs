using TransferLearning.MLNet.Vision.Workspaces;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests.Workspaces;

public sealed class TrainerWorkspaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_workspace_is_a_separate_folder_and_is_deleted_with_its_content()
    {
        using (var first = TrainerWorkspace.Create(_folder.Path))
        using (var second = TrainerWorkspace.Create(_folder.Path))
        {
            second.Path.ShouldNotBe(first.Path);
            Directory.CreateDirectory(Path.Combine(first.Path, "train"));
            File.WriteAllText(Path.Combine(first.Path, "train", "events"), "x");
        }

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Creating_a_workspace_deletes_abandoned_ones_but_not_those_in_use()
    {
        _folder.Write("tl-0123456789abcdef/train_features.bin");
        _folder.Write("tl-0123456789abcdef.lock", "");
        _folder.Write("tl-theirs/keep.txt");
        using var used = TrainerWorkspace.Create(_folder.Path);

        using var next = TrainerWorkspace.Create(_folder.Path);

        Directory.Exists(_folder.At("tl-0123456789abcdef")).ShouldBeFalse();
        File.Exists(_folder.At("tl-theirs/keep.txt")).ShouldBeTrue();
        Directory.Exists(used.Path).ShouldBeTrue();
    }

    [Fact]
    public void A_folder_that_cannot_be_created_is_named()
    {
        string file = _folder.Write("file");

        Should.Throw<TransferLearningException>(() => TrainerWorkspace.Create(Path.Combine(file, "below")))
            .Message.ShouldContain("WorkspaceDirectory");
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(170, true)]
    public void A_path_too_long_for_TensorFlow_is_refused(int length, bool isRefused)
    {
        var problems = new List<string>();

        TrainerWorkspace.Validate(Path.Combine(Path.GetPathRoot(Path.GetTempPath())!, new string('w', length)), problems);

        problems.Count.ShouldBe(isRefused ? 1 : 0);
    }

    [Fact]
    public void A_file_and_an_empty_path_are_refused()
    {
        var problems = new List<string>();

        TrainerWorkspace.Validate(_folder.Write("file"), problems);
        TrainerWorkspace.Validate("", problems);

        problems.Count.ShouldBe(2);
    }
}
