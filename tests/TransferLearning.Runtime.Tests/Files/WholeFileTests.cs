using TransferLearning.Runtime.Files;

namespace TransferLearning.Runtime.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private const string Leftover = "model.onnx.0123456789abcdef.tmp";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whole-file-");

    private string Target => At("model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_file_appears_only_when_it_is_complete()
    {
        WholeFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            File.Exists(Target).ShouldBeFalse();
        });

        File.ReadAllText(Target).ShouldBe("new");
        Names().ShouldBe(["model.onnx"]);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(Target, "old");

        Should.Throw<OperationCanceledException>(() => WholeFile.Write(Target, stream =>
        {
            stream.Write("half"u8);
            throw new OperationCanceledException();
        }));

        File.ReadAllText(Target).ShouldBe("old");
        Names().ShouldBe(["model.onnx"]);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_by_the_next_write()
    {
        File.WriteAllText(At(Leftover), "half");

        WholeFile.Write(Target, stream => stream.Write("new"u8));

        Names().ShouldBe(["model.onnx"]);
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_when_the_folder_is_checked()
    {
        File.WriteAllText(At(Leftover), "half");

        WholeFile.CheckFolder(Target);

        Names().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_being_written_is_not_removed()
    {
        WholeFile.Write(Target, first =>
        {
            first.Write("first"u8);
            WholeFile.CheckFolder(Target);
            WholeFile.Write(Target, second => second.Write("second"u8));
            File.ReadAllText(Target).ShouldBe("second");
        });

        File.ReadAllText(Target).ShouldBe("first");
        Names().ShouldBe(["model.onnx"]);
    }

    [Theory]
    [InlineData("model.onnx.tmp")]
    [InlineData("model.onnx.backup.tmp")]
    [InlineData("model.onnx.0123456789ABCDEF.tmp")]
    [InlineData("model.onnx.0123456789abcdef.txt")]
    [InlineData("other.onnx.0123456789abcdef.tmp")]
    [InlineData("0123456789abcdef.tmp")]
    public void Files_of_others_are_not_removed(string name)
    {
        File.WriteAllText(At(name), "mine");

        WholeFile.Write(Target, stream => stream.Write("new"u8));

        Names().ShouldBe(new[] { "model.onnx", name }, ignoreOrder: true);
    }

    [Fact]
    public void A_missing_folder_is_reported()
    {
        Should.Throw<DirectoryNotFoundException>(() => WholeFile.Write(At("nowhere/model.onnx"), _ => { }));
        Should.Throw<DirectoryNotFoundException>(() => WholeFile.CheckFolder(At("nowhere/model.onnx")));
    }

    [Fact]
    public void Many_writers_of_one_file_leave_one_complete_file()
    {
        Parallel.For(0, 200, i => WholeFile.Write(Target, stream => stream.Write(Enumerable.Repeat((byte)i, 1000).ToArray())));

        byte[] content = File.ReadAllBytes(Target);
        content.ShouldBe(Enumerable.Repeat(content[0], 1000));
        Names().ShouldBe(["model.onnx"]);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string[] Names() => [.. _folder.GetFiles().Select(f => f.Name)];
}
