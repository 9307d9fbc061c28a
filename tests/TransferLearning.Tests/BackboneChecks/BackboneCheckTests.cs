using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Imaging.Transforms;

namespace TransferLearning.Tests.BackboneChecks;

public class BackboneCheckTests
{
    private static readonly PixelNormalization[] Usual =
    [
        PixelNormalization.Torchvision, PixelNormalization.Inception, PixelNormalization.ZeroToOne, PixelNormalization.Caffe,
    ];

    [SkippableFact]
    public void A_batch_normalization_tells_the_range_of_values_without_labels()
    {
        Backbone wrong = ResNet18As(PixelNormalization.Inception);

        BackboneCheckResult check = BackboneCheck.Run(wrong, Unlabeled(Flowers()));

        check.Backbone.Preprocessing.Normalization.ShouldBe(PixelNormalization.None);
        check.Backbone.PreprocessingSource.ShouldBe(PreprocessingSource.Measured);
        check.UsedLabels.ShouldBeFalse();
        check.Passes.ShouldBe(0);
        check.IsClear.ShouldBeTrue();
        check.Explanation.ShouldContain("without labels, the channel order was not measured");
    }

    [SkippableFact]
    public void A_network_that_is_fed_right_keeps_its_normalization()
    {
        BackboneCheckResult check = BackboneCheck.Run(Backbone.ResNet18, Flowers());

        check.Backbone.ShouldBeSameAs(Backbone.ResNet18);
        check.IsClear.ShouldBeFalse();
        check.Passes.ShouldBeLessThanOrEqualTo(160);
    }

    [SkippableTheory]
    [InlineData("hymenoptera")]
    [InlineData("flowers-small")]
    public void Labels_tell_the_normalization_of_a_network_without_batch_normalization(string set)
    {
        foreach (PixelNormalization given in Usual)
        {
            Backbone network = MobileNetAs(given);

            BackboneCheckResult check = BackboneCheck.Run(network, ImageDataset.Open(SharedData.Data(set)));

            check.Backbone.Preprocessing.Normalization.ShouldBe(PixelNormalization.Inception, $"it was {given} before");
            check.UsedLabels.ShouldBeTrue();
            check.Passes.ShouldBeLessThanOrEqualTo(160);
        }
    }

    [SkippableFact]
    public void Photos_of_little_contrast_do_not_change_the_magnitude_that_a_network_wants()
    {
        var faint = ImageDataset.FromImages(Flowers().Images.Select(i =>
        {
            RgbImage photo = ImageFormats.BuiltIn.Decode(i.ReadBytes());
            byte[] pixels = [.. photo.Pixels.ToArray().Select(v => (byte)(120 + (v / 16)))];
            return LabeledImage.FromBytes(PngEncoder.Encode(new RgbImage(photo.Width, photo.Height, pixels)), i.Label, i.Path);
        }));

        BackboneCheckResult check = BackboneCheck.Run(MobileNetAs(PixelNormalization.Inception), faint);

        check.Candidates.ShouldAllBe(c => c.Normalization.ScaleG > 50, "0..255 is not among them");
    }

    [SkippableFact]
    public void The_number_of_threads_does_not_change_the_result()
    {
        Backbone network = MobileNetAs(PixelNormalization.Inception);
        ImageDataset photos = Flowers();

        BackboneCheckResult one = BackboneCheck.Run(network, photos, new BackboneCheckOptions { Threads = 1 });
        BackboneCheckResult three = BackboneCheck.Run(network, photos, new BackboneCheckOptions { Threads = 3 });

        three.Candidates.ShouldBe(one.Candidates);
        three.Explanation.ShouldBe(one.Explanation);
    }

    [SkippableFact]
    public void More_passes_use_more_images()
    {
        Backbone network = MobileNetAs(PixelNormalization.Inception);

        BackboneCheckResult few = BackboneCheck.Run(network, Flowers(), new BackboneCheckOptions { MaxPasses = 40 });
        BackboneCheckResult many = BackboneCheck.Run(network, Flowers(), new BackboneCheckOptions { MaxPasses = 240 });

        few.Passes.ShouldBeLessThanOrEqualTo(40);
        many.Images.ShouldBeGreaterThan(few.Images);
        many.Passes.ShouldBeLessThanOrEqualTo(240);
    }

    [Fact]
    public void Without_an_image_that_can_be_decoded_the_network_cannot_be_checked()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a"));
        File.WriteAllText(Path.Combine(folder.Path, "a", "broken.jpg"), "no image");

        TransferLearningException e = Should.Throw<TransferLearningException>(
            () => BackboneCheck.Run(Backbone.Compact, ImageDataset.Open(folder.Path)));

        e.Message.ShouldContain("cannot be checked");
        e.Message.ShouldContain(folder.Path);
    }

    [Fact]
    public void Too_few_passes_and_negative_threads_are_refused()
    {
        ImageDataset images = DrawnImages.Set(2, "red", "blue");

        Should.Throw<ArgumentOutOfRangeException>(
            () => BackboneCheck.Run(Backbone.Compact, images, new BackboneCheckOptions { MaxPasses = 7 }));
        Should.Throw<ArgumentOutOfRangeException>(
            () => BackboneCheck.Run(Backbone.Compact, images, new BackboneCheckOptions { Threads = -1 }));
    }

    private static Backbone ResNet18As(PixelNormalization normalization) =>
        Backbone.ResNet18.WithNormalization(normalization, "assumed in a test");

    private static Backbone MobileNetAs(PixelNormalization normalization) =>
        Backbone.FromFile(SharedData.Network("mobilenet_v2_1.0_224.onnx"), new BackboneOptions { Normalization = normalization });

    private static ImageDataset Flowers() => ImageDataset.Open(SharedData.Data("flowers-small"));

    private static ImageDataset Unlabeled(ImageDataset data) => ImageDataset.FromImages(data.Images.Select(i => i.WithLabel(null)));
}
