using TransferLearning.Tests;

namespace TransferLearning.Samples.Tests;

[Collection(SharedShapes.Name)]
public sealed class WatchedFolderTests(Shapes shapes) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Images_that_arrive_are_sorted_none_is_overwritten_and_other_files_are_put_aside()
    {
        await using ProgramProcess program = Start();

        byte[] rings = File.ReadAllBytes(shapes.First("rings")), dots = File.ReadAllBytes(shapes.First("dots"));
        await Task.WhenAll(ArriveAsync("one.jpg", rings), ArriveAsync("two.jpg", dots), ArriveAsync("notes.txt", "no image"u8.ToArray()));
        await ArriveAsync("one.jpg", rings);

        (await program.LineWithAsync("one.jpg: ")).ShouldContain("rings (");
        File.ReadAllBytes(_folder.At("sorted/rings/one.jpg")).ShouldBe(rings);
        File.ReadAllBytes(Directory.GetFiles(_folder.At("sorted/rings"), "one-*.jpg").ShouldHaveSingleItem()).ShouldBe(rings);
        File.ReadAllBytes(_folder.At("sorted/dots/two.jpg")).ShouldBe(dots);
        File.Exists(_folder.At("sorted/_unreadable/notes.txt")).ShouldBeTrue();
    }

    [Fact]
    public void A_file_is_taken_when_it_has_stayed_the_same_from_one_look_to_the_next()
    {
        var inbox = new Inbox(_folder.At("inbox"));
        string path = _folder.Write("inbox/photo.jpg", "the first half");
        inbox.TakeCompleteFiles().ShouldBeEmpty();

        File.AppendAllText(path, "the second half");
        inbox.TakeCompleteFiles().ShouldBeEmpty();

        inbox.TakeCompleteFiles().ShouldBe([path]);
    }

    [Fact]
    public void A_file_that_is_still_open_is_left_alone()
    {
        var inbox = new Inbox(_folder.At("inbox"));
        string path = _folder.Write("inbox/photo.jpg");
        using (FileStream writer = File.OpenWrite(path))
        {
            inbox.TakeCompleteFiles().ShouldBeEmpty();
            inbox.TakeCompleteFiles().ShouldBeEmpty();
        }

        inbox.TakeCompleteFiles().ShouldBe([path]);
    }

    [Fact]
    public void A_hidden_file_is_left_alone_until_it_is_renamed()
    {
        var inbox = new Inbox(_folder.At("inbox"));
        string hidden = _folder.Write("inbox/.photo.jpg");
        inbox.TakeCompleteFiles();
        inbox.TakeCompleteFiles().ShouldBeEmpty();

        File.Move(hidden, _folder.At("inbox/photo.jpg"));
        inbox.TakeCompleteFiles();
        inbox.TakeCompleteFiles().ShouldBe([_folder.At("inbox/photo.jpg")]);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../elsewhere")]
    [InlineData("")]
    public void A_class_cannot_lead_out_of_the_folder(string label) =>
        Should.Throw<TransferLearningException>(() => new SortedFolder(_folder.At("sorted"), ["rings", label]))
            .Message.ShouldContain($"'{label}'");

    /// <summary>Puts a file into the inbox, and waits until the program has taken it away.</summary>
    private async Task ArriveAsync(string name, byte[] content)
    {
        string path = _folder.Write($"inbox/{name}", content);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (File.Exists(path))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    private ProgramProcess Start() =>
        shapes.Start(BuiltProgram.Sample("WatchedFolder"), shapes.Model, _folder.At("inbox"), _folder.At("sorted"));
}
