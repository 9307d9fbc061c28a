using System.IO.Compression;
using TransferLearning.Data;
using TransferLearning.Data.Listings;
using TransferLearning.Data.Sources;

namespace TransferLearning.Tests.Data.Listings;

public sealed class TarListingTests : IDisposable
{
    private static readonly byte[] Image = DrawnImages.Disc(0, 1).File;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_of_all_kinds_of_headers_are_read()
    {
        string deep = string.Join('/', Enumerable.Repeat("folder", 30));
        ImageDataset data = Open(
            HandmadeTar.Entry("./daisy/1.jpg", Image),
            HandmadeTar.Entry("daisy/2.jpg", Image, type: '\0', ustar: false),
            HandmadeTar.Entry("././@LongLink", System.Text.Encoding.ASCII.GetBytes($"daisy/{deep}/3.jpg\0"), 'L'),
            HandmadeTar.Entry("short", Image),
            HandmadeTar.Pax($"path=roses/{deep}/4-é.jpg", "mtime=1.5"),
            HandmadeTar.Entry("short", Image),
            HandmadeTar.Pax($"size={Image.Length}"),
            HandmadeTar.Entry("roses/5.jpg", Image, size: HandmadeTar.Octal(0)),
            HandmadeTar.Entry("comment", "20 comment=something\n"u8.ToArray()[..21], 'g'),
            HandmadeTar.Entry("roses/6.jpg", Image, size: HandmadeTar.Binary(Image.Length)),
            HandmadeTar.Entry("roses/7.jpg", [], '1', linkName: "daisy/1.jpg"),
            HandmadeTar.Entry("roses/folder/", [], '5'),
            HandmadeTar.Entry("roses/8.jpg", [], '2', linkName: "/etc/passwd"),
            HandmadeTar.Entry("../../roses/9.jpg", Image));

        data.Images.Select(i => Path.GetFileName(i.Path)).Order(StringComparer.Ordinal)
            .ShouldBe(["1.jpg", "2.jpg", "3.jpg", "4-é.jpg", "5.jpg", "6.jpg", "7.jpg"]);
        data.Images.ShouldAllBe(i => i.ReadBytes().SequenceEqual(Image));
        data.Labels.ShouldBe(["daisy", "roses"]);
        data.Findings.ShouldHaveSingleItem().Kind.ShouldBe(DatasetFindingKind.UnsafeName);
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused_with_the_name()
    {
        foreach (byte[] size in (byte[][])
            [HandmadeTar.Binary(-1), HandmadeTar.Binary(long.MinValue), HandmadeTar.Binary(long.MaxValue), HandmadeTar.Octal(2L << 30)])
        {
            Message(HandmadeTar.Entry("daisy/1.jpg", Image), HandmadeTar.Entry("daisy/2.jpg", Image, size: size))
                .ShouldContain("'daisy/2.jpg'");
        }

        Message(HandmadeTar.Pax("size=-5"), HandmadeTar.Entry("daisy/1.jpg", Image)).ShouldContain("size -5");
        Message(HandmadeTar.Pax("size=99999999999999999999"), HandmadeTar.Entry("daisy/1.jpg", Image)).ShouldContain("'daisy/1.jpg'");
    }

    [Fact]
    public void Damaged_headers_are_refused_with_their_place()
    {
        byte[] damaged = HandmadeTar.Entry("daisy/2.jpg", Image);
        damaged[3] ^= 1;

        Message(HandmadeTar.Entry("daisy/1.jpg", Image), damaged).ShouldContain("the entry after 'daisy/1.jpg'");
        Message(HandmadeTar.Entry("x", "12 path\n"u8.ToArray(), 'x')).ShouldContain("an extended header is damaged");
        Message(HandmadeTar.Entry("x", new byte[2 << 20], 'x')).ShouldContain("names and attributes");
    }

    [Fact]
    public void A_checksum_as_a_binary_number_is_refused_as_any_wrong_one()
    {
        byte[] damaged = HandmadeTar.Entry("daisy/2.jpg", Image);
        damaged[148] = 0x80;

        Message(HandmadeTar.Entry("daisy/1.jpg", Image), damaged).ShouldContain("the entry after 'daisy/1.jpg'");
    }

    [Fact]
    public void A_gzip_file_without_a_tar_archive_is_not_called_cut_short()
    {
        string archive = _folder.At("labels.csv.gz");
        Compress(archive, System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1.jpg,daisy\n", 100))));

        Should.Throw<TransferLearningException>(() => ImageDataset.Open(archive)).Message.ShouldContain("it is no tar archive");
    }

    [Fact]
    public void A_compressed_bomb_does_not_fill_the_temporary_folder()
    {
        string archive = _folder.At("bomb.tar.gz");
        using (FileStream file = File.Create(archive))
        using (var packing = new GZipStream(file, CompressionLevel.Optimal))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1000; i++)
            {
                packing.Write(zeros);
            }
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        Should.Throw<TransferLearningException>(() => ImageDataset.Open(archive)).Message.ShouldContain("ArchiveLimits.MaxRatio");
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(64L << 20);
        string folder = Directory.CreateDirectory(_folder.At("temporary")).FullName;
        var checks = new ArchiveChecks(archive, new FileInfo(archive).Length, ArchiveLimits.Default);
        long peak = 0L;
        Should.Throw<TransferLearningException>(() => UnpackedArchive.Create(archive, folder, unpacked =>
        {
            checks.CheckTotal(unpacked);
            peak = unpacked;

            // A process that is killed here leaves nothing. Windows deletes the file when the process ends.
            Directory.EnumerateFiles(folder).Any().ShouldBe(OperatingSystem.IsWindows());
        }));
        peak.ShouldBeInRange(16L << 20, 64L << 20);
        Directory.EnumerateFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public void Limits_are_those_of_the_options()
    {
        string archive = Write(HandmadeTar.Entry("daisy/1.jpg", Image), HandmadeTar.Entry("daisy/2.jpg", Image));

        Should.Throw<TransferLearningException>(() => Open(archive, new ArchiveLimits { MaxEntries = 1 })).Message
            .ShouldContain("ArchiveLimits.MaxEntries");
        Open(archive, new ArchiveLimits { MaxEntryBytes = 10 }).Check().Unreadable.Count.ShouldBe(2);
        Open(archive, new ArchiveLimits { MaxTotalBytes = 10, MaxRatio = 1 }).Check().Unreadable.ShouldBeEmpty();
    }

    private static void Compress(string archive, byte[] content)
    {
        using FileStream file = File.Create(archive);
        using var packing = new GZipStream(file, CompressionLevel.Fastest);
        packing.Write(content);
    }

    private static ImageDataset Open(string archive, ArchiveLimits limits) =>
        ImageDataset.Open(archive, new ImageDatasetOptions { ArchiveLimits = limits });

    private ImageDataset Open(params byte[][] entries) => ImageDataset.FromArchive(Write(entries));

    private string Message(params byte[][] entries) =>
        Should.Throw<TransferLearningException>(() => Open(entries)).Message;

    private string Write(params byte[][] entries) =>
        _folder.Write("set.tar", [.. entries.SelectMany(e => e), .. HandmadeTar.End()]);
}
