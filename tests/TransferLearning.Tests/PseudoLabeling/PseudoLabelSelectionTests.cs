using TransferLearning.PseudoLabeling;

namespace TransferLearning.Tests.PseudoLabeling;

public class PseudoLabelSelectionTests
{
    private static readonly PseudoLabels Labels = new([0, 0, 0, 0, 1, 1], [0.9f, 0.6f, 0.8f, 0.7f, 0.9f, 0.2f], new bool[6]);

    [Fact]
    public void Labels_of_low_confidence_are_left_out() =>
        PseudoLabelSelection.Select(Labels, 2, 0.65, double.PositiveInfinity).ShouldBe([true, false, true, true, true, false]);

    [Fact]
    public void Labels_of_images_of_none_of_the_classes_are_left_out() =>
        PseudoLabelSelection.Select(Labels with { IsUnknown = [true, false, false, false, true, false] }, 2, 0.65, double.PositiveInfinity)
            .ShouldBe([false, false, true, true, false, false]);

    [Fact]
    public void Of_a_class_that_is_too_frequent_the_most_confident_labels_stay() =>
        PseudoLabelSelection.Select(Labels, 2, 0, 1).ShouldBe([true, false, true, true, true, true]);
}
