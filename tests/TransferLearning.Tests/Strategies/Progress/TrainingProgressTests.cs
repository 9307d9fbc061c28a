using TransferLearning.Data;

namespace TransferLearning.Tests.Strategies.Progress;

public sealed class TrainingProgressTests
{
    [Fact]
    public void A_training_writes_its_stages_with_epochs_loss_and_accuracy()
    {
        using var lines = new StringWriter();
        ImageDataset images = DrawnImages.Set(12, "red", "blue");

        TransferPipeline.FineTune(images).WithTinyBackbone().WithoutBottleneckCache().Fit(TrainingProgress.To(lines));

        string[] written = lines.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        written[0].ShouldStartWith("Extracting features (");
        written.ShouldContain(l => l.StartsWith("Training (", StringComparison.Ordinal) && l.Contains(", validation accuracy "));
        written.Count(l => l.StartsWith("Extracting", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(11);
    }
}
