using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using TransferLearning.Data;
using TransferLearning.Data.Sources;

namespace TransferLearning.Tests.Data;

public sealed class ArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ArchiveTests()
    {
        for (int i = 0; i < 20; i++)
        {
            _folder.Write($"set/train/rose/{i}.jpg", $"rose {i}");
            _folder.Write($"set/val/aster/{i}.jpg", $"aster {i}");
        }

        _folder.Write("set/__MACOSX/._1.jpg");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("set.zip")]
    [InlineData("set.tar")]
    [InlineData("set.tar.gz")]
    [InlineData("misnamed.jpg")]
    public void An_archive_reads_like_its_folder_from_any_thread(string name)
    {
        string archive = _folder.At(name);
        if (name == "set.zip")
        {
            ZipFile.CreateFromDirectory(_folder.At("set"), archive);
        }
        else if (name == "set.tar")
        {
            TarFile.CreateFromDirectory(_folder.At("set"), archive, includeBaseDirectory: true);
        }
        else
        {
            Compress(archive);
        }

        var data = ImageDataset.Open(archive);
        var folder = ImageDataset.Open(_folder.At("set"));

        data.Images.Select(i => (i.Label, i.Subset)).ShouldBe(folder.Images.Select(i => (i.Label, i.Subset)));
        data.Images.AsParallel().AsOrdered().Select(i => Convert.ToHexString(i.ReadBytes()))
            .ShouldBe(folder.Images.Select(i => Convert.ToHexString(i.ReadBytes())));
        data.Images[0].Stamp().ShouldNotBeNull().ShouldNotBe(data.Images[1].Stamp()!.Value);
    }

    [Fact]
    public void An_unpacked_archive_leaves_nothing_behind()
    {
        string archive = _folder.At("set.tgz");
        Compress(archive);

        (SafeFileHandle handle, FileStream stream) = UnpackedArchive.Create(archive, _folder.Path, _ => { });
        bool isThereWhileOpen = File.Exists(stream.Name);
        stream.Dispose();
        handle.Dispose();

        if (!OperatingSystem.IsWindows())
        {
            isThereWhileOpen.ShouldBeFalse();
        }

        File.Exists(stream.Name).ShouldBeFalse();
        ImageDataset.FromArchive(archive).Images[39].ReadBytes().ShouldBe("aster 9"u8.ToArray());
    }

    [Fact]
    public void A_manifest_in_an_archive_names_the_images_beside_it()
    {
        _folder.Write("set2/photos/1.jpg", "one");
        _folder.Write("set2/labels.csv", "path,label\n./photos/1.jpg,rose\nphotos/2.jpg,aster\n");
        string archive = _folder.At("set2.zip");
        ZipFile.CreateFromDirectory(_folder.At("set2"), archive, CompressionLevel.Fastest, includeBaseDirectory: true);

        var data = ImageDataset.Open(archive);

        data.Images.ShouldHaveSingleItem().Label.ShouldBe("rose");
        data.Images[0].ReadBytes().ShouldBe("one"u8.ToArray());
        data.Findings.ShouldHaveSingleItem().Message.ShouldContain("line 3");
    }

    [Theory]
    [InlineData("set.zip")]
    [InlineData("set.tgz")]
    public void A_damaged_archive_is_named(string name)
    {
        string archive = _folder.At(name);
        if (name == "set.zip")
        {
            ZipFile.CreateFromDirectory(_folder.At("set"), archive);
        }
        else
        {
            Compress(archive);
        }

        byte[] bytes = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, bytes[..(bytes.Length / 2)]);

        Should.Throw<TransferLearningException>(() => ImageDataset.Open(archive)).Message.ShouldContain(archive);
    }

    [Fact]
    public void A_file_of_another_kind_is_not_an_archive()
    {
        Should.Throw<TransferLearningException>(() => ImageDataset.FromArchive(_folder.At("set/train/rose/0.jpg")))
            .Message.ShouldContain(".zip, .tar or .tar.gz");
    }

    private void Compress(string archive)
    {
        using FileStream file = File.Create(archive);
        using var packing = new GZipStream(file, CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(_folder.At("set"), packing, includeBaseDirectory: true);
    }
}
