using TransferLearning.Cli.Files;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_appears_only_when_it_is_complete()
    {
        var file = OutputFile.At(_folder["out.txt"], "--out");

        file.Write(stream =>
        {
            stream.WriteByte(65);
            File.Exists(_folder["out.txt"]).ShouldBeFalse();
        });

        File.ReadAllText(_folder["out.txt"]).ShouldBe("A");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(_folder["out.txt"], "old");
        var file = OutputFile.At(_folder["out.txt"], "--out");

        Should.Throw<CommandException>(() => file.Write(stream =>
        {
            stream.WriteByte(65);
            throw new IOException("the cable was pulled");
        })).Message.ShouldContain("the cable was pulled");

        File.ReadAllText(_folder["out.txt"]).ShouldBe("old");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void Checking_leaves_nothing_behind()
    {
        OutputFile.At(_folder["out.txt"], "--out");

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void A_folder_is_refused() =>
        Should.Throw<CommandException>(() => OutputFile.At(_folder.Path, "--out")).Message.ShouldContain("is a folder");

    [Fact]
    public void A_missing_folder_is_named() =>
        Should.Throw<CommandException>(() => OutputFile.At(_folder["nowhere", "out.txt"], "--out")).Message.ShouldContain("does not exist");

    [SkippableFact]
    public void A_folder_without_permission_is_named()
    {
        string folder = Directory.CreateDirectory(_folder["locked"]).FullName;
        using var locked = new LockedFolder(folder);

        Should.Throw<CommandException>(() => OutputFile.At(Path.Combine(folder, "out.txt"), "--out"))
            .Message.ShouldContain("no permission");
    }

    [SkippableFact]
    public void A_full_disk_is_named_as_the_cause()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full, which Linux has");

        Should.Throw<CommandException>(() => OutputFile.At("/dev/full", "--out").Write(stream => stream.Write(new byte[100_000])))
            .Message.ShouldContain("the disk is full");
    }
}
