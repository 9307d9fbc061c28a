using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Tests.Inference;

public sealed class ImageLimitsTests : IDisposable
{
    private const int Pixels = DrawnImages.Side * DrawnImages.Side;

    private static readonly byte[] Image = DrawnImages.Disc(0, 1).File;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Images_beyond_the_limits_of_a_data_set_are_left_out_and_the_limit_is_named()
    {
        _folder.Write("red/1.jpg", Image);
        _folder.Write("blue/1.jpg", Image);

        Reasons(new ImageLimits { MaxPixels = Pixels, MaxBytes = Image.Length }).ShouldBeEmpty();
        Reasons(new ImageLimits { MaxPixels = Pixels - 1 }).ShouldAllBe(r => r.Contains("the limit ImageLimits.MaxPixels"));
        string[] tooLong = Reasons(new ImageLimits { MaxBytes = Image.Length - 1 });
        tooLong.Length.ShouldBe(2);
        tooLong.ShouldAllBe(r => r.StartsWith($"the file has {Image.Length} bytes") && r.Contains("the limit ImageLimits.MaxBytes"));
    }

    [Fact]
    public void A_model_refuses_files_streams_and_bytes_beyond_its_limits()
    {
        string file = _folder.Write("1.jpg", Image);
        string saved = _folder.At("model.onnx");
        TransferPipeline.FineTune(DrawnImages.Set(12, "blue", "red")).WithTinyBackbone().WithSharedBottlenecks().Fit().Model.Save(saved);
        using var small = TransferModel.Load(saved, new ModelLoadOptions { Limits = new ImageLimits { MaxBytes = 100 } });
        using var few = TransferModel.Load(saved, new ModelLoadOptions { Limits = new ImageLimits { MaxPixels = Pixels - 1 } });
        using var model = TransferModel.Load(saved);

        foreach (Action<TransferModel> predict in (Action<TransferModel>[])
            [m => m.Predict(file), m => m.Predict(Image), m => m.Predict(new MemoryStream(Image))])
        {
            predict(model);
            Should.Throw<TransferLearningException>(() => predict(small)).Message.ShouldContain("ImageLimits.MaxBytes");
            Should.Throw<TransferLearningException>(() => predict(few)).Message.ShouldContain("ImageLimits.MaxPixels");
        }
    }

    [Fact]
    public void A_stream_is_not_read_beyond_64_MiB_by_default()
    {
        using TransferModel model = TransferPipeline
            .FineTune(DrawnImages.Set(12, "blue", "red")).WithTinyBackbone().WithSharedBottlenecks().Fit().Model;
        using FileStream endless = File.Create(_folder.At("large.bin"));
        endless.SetLength(10L << 30);

        Should.Throw<TransferLearningException>(() => model.Predict(endless)).Message.ShouldContain("more than 67108864 bytes");
        endless.Position.ShouldBeLessThan(65L << 20);
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        (ImageLimits.Default.MaxPixels, ImageLimits.Default.MaxBytes).ShouldBe((268_435_456, 1_073_741_824));
        (ImageLimits.Untrusted.MaxPixels, ImageLimits.Untrusted.MaxBytes).ShouldBe((134_217_728, 67_108_864));
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageLimits { MaxBytes = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new ImageLimits { MaxPixels = 1L << 30 });
    }

    private string[] Reasons(ImageLimits limits) =>
        [.. ImageDataset.Open(_folder.Path, new ImageDatasetOptions { Limits = limits }).Check().Unreadable.Select(u => u.Reason)];
}
