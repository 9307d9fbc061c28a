using System.IO.Compression;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;

namespace TransferLearning.Tests.Data.Listings;

public sealed class ZipListingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_are_read_as_programs_write_them()
    {
        string archive = Write(new PatchedZip(
            ("./daisy/1.jpg", Disc(0)),
            (@"daisy\2.jpg", Disc(1)),
            ("/roses/3.jpg", Disc(2)),
            ("C:/roses/4.jpg", Disc(3)),
            ("roses//x/../5.jpg", Disc(4)),
            (@"roses\", []),
            ("./", [])));

        var data = ImageDataset.Open(archive);

        data.Images.Select(i => Path.GetRelativePath(archive, i.Path).Replace('\\', '/'))
            .ShouldBe(["daisy/1.jpg", "daisy/2.jpg", "roses/3.jpg", "roses/4.jpg", "roses/5.jpg"]);
        data.Labels.ShouldBe(["daisy", "roses"]);
        data.Check().Unreadable.ShouldBeEmpty();
        data.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void An_entry_whose_name_leads_out_of_the_archive_is_left_out_by_name()
    {
        string archive = Write(new PatchedZip(("daisy/1.jpg", Disc(0)), ("../roses/2.jpg", Disc(1)), (@"daisy\..\..\3.jpg", Disc(2))));

        var data = ImageDataset.Open(archive);

        data.Images.ShouldHaveSingleItem();
        data.Findings.Select(f => f.Kind).ShouldBe([DatasetFindingKind.UnsafeName, DatasetFindingKind.UnsafeName]);
        data.Findings[0].Path.ShouldContain("../roses/2.jpg");
        data.Findings[0].Message.ShouldContain("rename the entry");
        data.Layout.LeftOut.ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [Fact]
    public void Entries_that_cannot_be_unpacked_are_skipped_one_by_one_with_the_reason()
    {
        string archive = Write(new PatchedZip(
                ("daisy/1.jpg", Disc(0)),
                ("daisy/2.jpg", Disc(1)),
                ("daisy/3.jpg", Disc(2)),
                ("roses/4.jpg", Disc(3)),
                ("roses/5.jpg", Disc(4)),
                ("roses/6.jpg", Disc(5)),
                ("roses/7.jpg", Disc(6)))
            .WithPassword(0).WithMethod(1, 12).WithMethod(2, 93).WithLength(3, int.MaxValue).WithLength(4, uint.MaxValue - 1)
            .WithLength(6, 9000));

        ExtractionSummary summary = new BottleneckExtractor(TinyBackbone.Value).Extract(ImageDataset.Open(archive)).Summary;

        summary.Skipped.Select(s => Path.GetFileName(s.Path)).ShouldBe(["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", "7.jpg"]);
        summary.Skipped[0].Reason.ShouldBe("it is protected by a password: unpack the archive with the password, and give the folder");
        summary.Skipped[1].Reason.ShouldContain("the entry 'daisy/2.jpg' cannot be unpacked");
        summary.Skipped[2].Reason.ShouldContain("or make it with the method Deflate");
        summary.Skipped[3].Reason.ShouldContain("2147483647 bytes");
        summary.Skipped[4].Reason.ShouldContain("4294967294 bytes");
        summary.Skipped[5].Reason.ShouldContain("9000 bytes, but it unpacks to");
        summary.CacheMisses.ShouldBe(1);
    }

    [Fact]
    public void A_bomb_of_a_megabyte_takes_no_memory_and_says_so()
    {
        using (ZipArchive zip = ZipFile.Open(_folder.At("bomb.zip"), ZipArchiveMode.Create))
        {
            using (Stream bomb = zip.CreateEntry("daisy/bomb.bmp", CompressionLevel.Optimal).Open())
            {
                byte[] zeros = new byte[1 << 20];
                for (int i = 0; i < 600; i++)
                {
                    bomb.Write(zeros);
                }
            }

            using Stream image = zip.CreateEntry("daisy/1.jpg").Open();
            image.Write(Disc(0));
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        var data = ImageDataset.Open(_folder.At("bomb.zip"));
        DatasetCheck check = data.Check();
        long taken = GC.GetTotalAllocatedBytes(precise: true) - before;

        data.Images.Count.ShouldBe(2);
        UnreadableImage refused = check.Unreadable.ShouldHaveSingleItem();
        refused.Path.ShouldEndWith("bomb.bmp");
        refused.Reason.ShouldContain("ArchiveLimits.MaxRatio");
        taken.ShouldBeLessThan(64L << 20);
    }

    [Fact]
    public void Limits_are_those_of_the_options()
    {
        string archive = Write(new PatchedZip(("daisy/1.jpg", Disc(0)), ("roses/2.jpg", Disc(1))));
        int length = Disc(0).Length;

        Message(archive, new ArchiveLimits { MaxEntries = 1 }).ShouldContain("more than 1 entries");
        Message(archive, new ArchiveLimits { MaxTotalBytes = length }).ShouldContain("ArchiveLimits.MaxTotalBytes");
        var small = new ArchiveLimits { MaxEntryBytes = Math.Min(length, Disc(1).Length) - 1 };
        var data = ImageDataset.Open(archive, new ImageDatasetOptions { ArchiveLimits = small });
        data.Check().Unreadable.ShouldAllBe(u => u.Reason.Contains("ArchiveLimits.MaxEntryBytes"));
        Should.Throw<ArgumentOutOfRangeException>(() => new ArchiveLimits { MaxEntries = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ArchiveLimits { MaxEntryBytes = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ArchiveLimits { MaxTotalBytes = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ArchiveLimits { MaxRatio = 0 });
    }

    [Fact]
    public void A_manifest_that_cannot_be_unpacked_is_named()
    {
        string archive = Write(new PatchedZip(("labels.csv", "path,label\n1.jpg,daisy\n"u8.ToArray()), ("1.jpg", Disc(0))).WithPassword(0));

        string message = Should.Throw<TransferLearningException>(
            () => ImageDataset.Open(archive, new ImageDatasetOptions { Layout = DatasetLayoutChoice.Manifest })).Message;

        message.ShouldContain("password");
    }

    [Theory]
    [InlineData("377ABCAF271C0004", "photos.7z", "a 7z archive", "'7z x photos.7z'")]
    [InlineData("526172211A070100", "photos.rar", "a RAR archive", "'unrar x photos.rar'")]
    [InlineData("425A6839314159265359", "photos.tar.bz2", "a file compressed with bzip2", "'tar xf photos.tar.bz2'")]
    [InlineData("FD377A585A000004", "photos.tar.xz", "a file compressed with xz", "'tar xf photos.tar.xz'")]
    [InlineData("28B52FFD04580000", "photos.tar.zst", "a file compressed with Zstandard", "'tar xf photos.tar.zst'")]
    public void Archives_that_are_not_read_are_named_with_the_remedy(string start, string name, string what, string remedy)
    {
        string archive = _folder.Write(name, [.. Convert.FromHexString(start), .. new byte[200]]);

        foreach (Func<string, ImageDatasetOptions?, ImageDataset> open in (Func<string, ImageDatasetOptions?, ImageDataset>[])
            [ImageDataset.Open, ImageDataset.FromArchive])
        {
            string message = Should.Throw<TransferLearningException>(() => open(archive, null)).Message;
            message.ShouldContain(what);
            message.ShouldContain(remedy);
            message.ShouldContain(".zip, .tar or .tar.gz");
        }
    }

    private static byte[] Disc(int seed) => DrawnImages.Disc(seed % 4, seed).File;

    private static string Message(string archive, ArchiveLimits limits) =>
        Should.Throw<TransferLearningException>(
            () => ImageDataset.Open(archive, new ImageDatasetOptions { ArchiveLimits = limits })).Message;

    private string Write(PatchedZip zip) => _folder.Write("set.zip", zip.ToArray());
}
