using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.MLNet.Vision.Workspaces;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Vision.Tests.Workspaces;

public sealed class BottleneckFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_rows_are_written_as_the_expected_bytes()
    {
        var data = new LabeledBottlenecks(
            new BottleneckMatrix(2, 3, new[] { 1f, -2f, 0.5f, 0f, 3.25f, float.MaxValue }), new[] { 1, 0 }, ["a", "b"]);

        BottleneckFiles.Write(_folder.Path, "train", data, [0, 1]);

        Convert.ToHexString(Bytes("train_features.bin")).ShouldBe(
            "02000000" + "03000000" + "0000803F" + "000000C0" + "0000003F" + "00000000" + "00005040" + "FFFF7F7F");
        Convert.ToHexString(Bytes("train_labels.bin")).ShouldBe("0100000000000000" + "0000000000000000");
    }

    [Fact]
    public void Rows_are_written_in_the_given_order_and_may_repeat()
    {
        LabeledBottlenecks data = Bottlenecks.Make(3, features: 2);

        BottleneckFiles.Write(_folder.Path, "train", data, [2, 0, 2]);

        Convert.ToHexString(Bytes("train_labels.bin")).ShouldBe("0200000000000000" + "0000000000000000" + "0200000000000000");
        BitConverter.ToSingle(Bytes("train_features.bin"), 8).ShouldBe(data.Bottlenecks.Row(2)[0]);
    }

    [SkippableFact]
    public void The_files_of_the_shared_network_are_the_golden_ones()
    {
        LabeledBottlenecks data = OfSharedNetwork();

        BottleneckFiles.Write(_folder.Path, "train", data, [0, 1, 2, 3]);

        Bytes("train_labels.bin").ShouldBe(Golden("mobilenet_v2_labels.bin"));
        byte[] features = Bytes("train_features.bin"), golden = Golden("mobilenet_v2_features.bin");
        features.Length.ShouldBe(golden.Length);
        features[..8].ShouldBe(golden[..8]);

        // The last bits of the features depend on the width of the processor's vectors.
        for (int offset = 8; offset < golden.Length; offset += sizeof(float))
        {
            BitConverter.ToSingle(features, offset).ShouldBe(BitConverter.ToSingle(golden, offset), 1e-3f);
        }

        features.ShouldBe(Reference(data));
    }

    [Fact]
    public void A_truncated_file_is_found()
    {
        BottleneckFiles.Write(_folder.Path, "train", Bottlenecks.Make(3, features: 2), [0, 1, 2]);
        _folder.Write("train_features.bin", Bytes("train_features.bin")[..^1]);

        Should.Throw<TransferLearningException>(() => Check(3, 2)).Message.ShouldContain("has 31 bytes, not 32");
    }

    [Fact]
    public void A_file_of_other_bottlenecks_is_found()
    {
        BottleneckFiles.Write(_folder.Path, "train", Bottlenecks.Make(3, features: 2), [0, 1, 2]);

        // The same number of bytes, but two rows of three features.
        Should.Throw<TransferLearningException>(() => Check(2, 3)).Message.ShouldContain("3 rows of 2, not 2 of 3");
    }

    [Fact]
    public void A_missing_label_is_found()
    {
        BottleneckFiles.Write(_folder.Path, "train", Bottlenecks.Make(3, features: 2), [0, 1, 2]);
        byte[] labels = Bytes("train_labels.bin");
        BitConverter.GetBytes(4294967295L).CopyTo(labels, 8);
        _folder.Write("train_labels.bin", labels);

        Should.Throw<TransferLearningException>(() => Check(3, 2)).Message.ShouldContain("the class 4294967295 in row 1");
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<TransferLearningException>(() => Check(3, 2)).Message.ShouldContain("train_features.bin");

    private static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name));

    /// <summary>The same layout, written value by value.</summary>
    private static byte[] Reference(LabeledBottlenecks data)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(data.Count);
        writer.Write(data.Bottlenecks.FeatureSize);
        foreach (float value in data.Bottlenecks.Values)
        {
            writer.Write(value);
        }

        return stream.ToArray();
    }

    private static LabeledBottlenecks OfSharedNetwork()
    {
        var backbone = Backbone.FromFile(SharedData.TensorFlowNetwork("mobilenet_v2.meta"));
        string train = SharedData.Data(Path.Combine("hymenoptera", "train"));
        IEnumerable<LabeledImage> images = new[] { "ants", "bees" }.SelectMany(label =>
            Directory.EnumerateFiles(Path.Combine(train, label)).Order(StringComparer.Ordinal).Take(2)
                .Select(path => LabeledImage.FromFile(path, label)));
        Extraction extraction = new BottleneckExtractor(backbone).Extract(ImageDataset.FromImages(images));
        return new LabeledBottlenecks(extraction.Bottlenecks, extraction.Images.LabelIndices.ToArray(), ["ants", "bees"]);
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(_folder.At(name));

    private void Check(int count, int features) => BottleneckFiles.Check(_folder.Path, "train", count, features, classes: 3);
}
