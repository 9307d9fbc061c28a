using TransferLearning.Data;

namespace TransferLearning.Tests.Data.Manifests;

public sealed class ManifestRowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ManifestRowTests()
    {
        _folder.Write("photos/1.jpg");
        _folder.Write("photos/2.JPG");
        _folder.Write("photos/3.jpg");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_cells_are_as_they_are_written_and_found_in_any_letter_case()
    {
        ImageDataset data = Open("path,label\nphotos/1.jpg,rose\nphotos/2.jpg,rose\n");

        data.Images[0].Columns.ShouldBe(Pairs(("path", "photos/1.jpg"), ("label", "rose")), ignoreOrder: true);
        data.Images[1].Columns["PATH"].ShouldBe("photos/2.jpg", "the file's name is in another letter case");
        data.Images[1].Columns.Count.ShouldBe(2);
        data.Images[0].Columns.ContainsKey("other").ShouldBeFalse();
        Should.Throw<KeyNotFoundException>(() => data.Images[0].Columns["other"]).Message.ShouldContain("'other'");
    }

    [Fact]
    public void A_row_may_have_fewer_cells_than_the_header_and_a_name_may_occur_twice()
    {
        ImageDataset data = Open("path,label,note,Note\nphotos/1.jpg,rose\nphotos/2.jpg,tulip,first,second\n");

        data.Images[0].Columns.Keys.ShouldBe(["path", "label"]);
        data.Images[1].Columns["note"].ShouldBe("first");
        data.Images[1].Columns.Values.ShouldBe(["photos/2.jpg", "tulip", "first"]);
    }

    [Fact]
    public void Rows_that_differ_in_their_paths_only_share_their_texts()
    {
        ImageDataset data = Open("label,path\nrose,photos/1.jpg\nrose,photos/3.jpg\n");

        data.Images[0].Label.ShouldBeSameAs(data.Images[1].Label);
        data.Images[0].Columns["label"].ShouldBeSameAs(data.Images[1].Columns["label"]);
    }

    private ImageDataset Open(string manifest) => ImageDataset.Open(_folder.Write("list.csv", manifest));

    private static KeyValuePair<string, string>[] Pairs(params (string Name, string Value)[] pairs) =>
        [.. pairs.Select(p => KeyValuePair.Create(p.Name, p.Value))];
}
