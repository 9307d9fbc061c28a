using TransferLearning.PseudoLabeling;

namespace TransferLearning.Tests.PseudoLabeling;

public class PseudoLabelQualityTests
{
    private static readonly PseudoLabel[] Labels =
    [
        new("1.jpg", "a", 0.9, Used: true), new("2.jpg", "b", 0.8, Used: true),
        new("3.jpg", "b", 0.3, Used: false), new("4.jpg", "a", 1, Used: true),
    ];

    [Fact]
    public void Only_images_with_a_label_count()
    {
        PseudoLabelQuality quality = PseudoLabelQuality.Measure(Labels, ["a", "a", "a", null])!;

        (quality.Images, quality.Accuracy, quality.Coverage, quality.AccuracyOfUsed).ShouldBe((3, 1 / 3.0, 2 / 3.0, 0.5));
    }

    [Fact]
    public void Without_labels_there_is_no_quality() => PseudoLabelQuality.Measure(Labels, [null, null, null, null]).ShouldBeNull();
}
