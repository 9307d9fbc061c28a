using Microsoft.Extensions.Logging;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Strategies;

namespace TransferLearning.Hosting.Tests;

public sealed class TrainingLogTests
{
    [SkippableFact]
    public void A_training_logs_its_stages_and_epochs_with_loss_and_accuracy()
    {
        var images = ImageDataset.FromImages(
            Photos.Take(40).Select((photo, i) => LabeledImage.FromBytes(photo, i % 2 == 0 ? "even" : "odd")));
        using var logs = new RecordedLogs();

        FineTuningResult result = TransferPipeline.FineTune(images).WithBackbone(Backbone.Compact).WithoutBottleneckCache()
            .Fit(logs.ToTrainingProgress());
        result.Model.Dispose();

        logs.Entries.ShouldAllBe(entry => entry.Level == LogLevel.Information);
        (_, EventId first, string message) = logs.Entries.First();
        (first.Id, first.Name).ShouldBe((11, "TrainingProgressed"));
        message.ShouldStartWith("Extracting (");
        logs.Entries.ShouldContain(entry => entry.Id.Id == 12 && entry.Message.Contains(": epoch 1 of "));
        logs.Entries.Count(entry => entry.Id.Id == 11).ShouldBeLessThanOrEqualTo(22, "a tenth of a stage is a line");
    }
}
