using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Cli.Tests.Options;

[Collection(SampleSetTests.Name)]
public sealed class BackboneFileOptionsTests(SampleSet samples) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(samples.Images, "val");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Each_option_reaches_the_network()
    {
        string network = SharedFiles.SmallNetwork();

        CommandRun run = await CommandRun.WithAsync(
            "extract", Data, "-o", _folder["f.npy"], "--no-cache", "--backbone", network,
            "--normalization", "mean=0.4,0.5,0.6/std=0.1,0.2,0.3", "--channels", "bgr", "--resize", "crop:0.875",
            "--interpolation", "bicubic", "--features", "logits", "--input-size", "96");

        run.ShouldHaveEnded(0).Error.ShouldContain("read as those of pixel values 0..1");
        var backbone = Backbone.FromFile(network, new BackboneOptions
        {
            Normalization = new PixelNormalization(
                0.4f * 255, 0.5f * 255, 0.6f * 255, 0.1f * 255, 0.2f * 255, 0.3f * 255)
            { ChannelOrder = ChannelOrder.Bgr },
            Resize = ResizeMode.CenterCrop,
            CropFraction = 0.875f,
            Interpolation = Interpolation.Bicubic,
            FeaturesName = "logits",
            InputSize = 96,
        });
        BottleneckMatrix expected = new BottleneckExtractor(backbone).Extract(ImageDataset.Open(Data)).Bottlenecks;
        byte[] written = await File.ReadAllBytesAsync(_folder["f.npy"]);
        written[^(expected.Values.Length * sizeof(float))..].ShouldBe(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(expected.Values.ToArray().AsSpan()).ToArray());
    }

    [SkippableFact]
    public async Task A_wrong_value_says_which_are_right()
    {
        CommandRun run = await CommandRun.WithAsync(
            "extract", Data, "-o", _folder["f.npy"], "--backbone", SharedFiles.SmallNetwork(),
            "--normalization", "imagenet", "--channels", "gray", "--resize", "crop:2", "--interpolation", "cubic",
            "--mean-image", _folder["absent.npy"]);

        run.ShouldHaveFailedWith(
            "--normalization expects auto, torchvision, inception, zero-one, caffe, none or mean=R,G,B/std=R,G,B, not 'imagenet'",
            "--channels expects rgb or bgr, not 'gray'",
            "--resize expects stretch, crop, crop:0.875",
            "--interpolation expects bilinear or bicubic, not 'cubic'",
            "absent.npy");
        (await CommandRun.WithAsync(
            "extract", Data, "-o", _folder["f.npy"], "--backbone", SharedFiles.SmallNetwork(),
            "--normalization", "auto", "--mean-image", "x.npy"))
            .ShouldHaveFailedWith("--normalization auto and --mean-image contradict each other");
    }

    [Fact]
    public async Task What_is_no_network_file_has_no_use_for_them()
    {
        (await CommandRun.WithAsync(
            "extract", Data, "-o", _folder["f.npy"], "--backbone", "compact", "--channels", "bgr", "--resize", "pad"))
            .ShouldHaveFailedWith("--channels, --resize have no use with the backbone 'compact'", "leave them out");
        (await CommandRun.WithAsync("extract", Data, "-o", _folder["f.npy"], "--normalization", "auto"))
            .ShouldHaveFailedWith("--normalization has no use with the backbone '", "leave it out");
        (await CommandRun.WithAsync("advise", Data, "--backbone", "compact", "--backbone", "resnet18", "--input-size", "96"))
            .ShouldHaveFailedWith("--input-size has no use with compact and resnet18");
        (await CommandRun.WithAsync("fine-tune", Data, "-o", _folder["m.onnx"], "--from", samples.Model, "--features", "x"))
            .ShouldHaveFailedWith("--features has no use with --from");
        (await CommandRun.WithAsync(
            "pre-train", "--label", Data, "-o", _folder["l.csv"], "--backbone", samples.Model, "--interpolation", "bicubic"))
            .ShouldHaveFailedWith("--interpolation has no use with the saved model");
    }

    [SkippableFact]
    public async Task Labeling_with_a_network_uses_them()
    {
        string network = SharedFiles.SmallNetwork();
        async Task<string> LabelAsync(params string[] options)
        {
            string csv = _folder[$"{options.Length}.csv"];
            (await CommandRun.WithAsync(["pre-train", "--label", Data, "-o", csv, "--backbone", network, .. options])).ShouldHaveEnded(0);
            return await File.ReadAllTextAsync(csv);
        }

        string named = await LabelAsync("--normalization", "inception");

        (await LabelAsync("--normalization", "mean=.5,.5,.5/std=.5,.5,.5", "--channels", "rgb")).ShouldBe(named);
        (await LabelAsync("--normalization", "inception", "--channels", "bgr")).ShouldNotBe(named);
    }
}
