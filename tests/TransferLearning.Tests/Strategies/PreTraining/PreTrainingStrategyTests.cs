using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies.PreTraining;

public class PreTrainingStrategyTests
{
    [SkippableFact]
    public void A_head_over_a_data_set_labels_another()
    {
        var flowers = ImageDataset.FromFolder(SharedData.Data("flowers-small"));
        ImageDataset Part(int skip) => ImageDataset.FromImages(new[] { "roses", "tulips" }.SelectMany(
            c => flowers.Images.Where(i => i.Label == c).Skip(skip).Take(20)));

        PreTrainingResult result = TransferPipeline.PreTrain(Part(0))
            .WithBackbone(SharedData.Backbone("mobilenet_v1_0.25_128.onnx")).WithSharedBottlenecks().Fit();

        using TransferModel model = result.Model;
        (result.TrainImages + result.ValidationImages).ShouldBe(40);
        model.Label(Part(20)).Agreement!.Agreement.ShouldBeGreaterThan(0.6);
    }

    [SkippableFact]
    public void A_network_is_taken_as_it_is()
    {
        PreTrainingResult result = TransferPipeline.PreTrain(new PretrainedNetwork
        {
            Path = SharedData.Network("mobilenet_v1_0.25_128.onnx"),
            Labels = SharedData.Data(Path.Combine("labels", "imagenet_classes.txt")),
        }).Fit();

        result.Classes.Count.ShouldBe(1000);
        result.Classes[0].ShouldBe("tench, Tinca tinca");
        (result.Metrics, result.TrainImages, result.Canceled).ShouldBe((null, 0, false));
    }

    [Fact]
    public void All_that_is_missing_is_named_together()
    {
        string message = Should.Throw<InvalidOptionsException>(() =>
            TransferPipeline.PreTrain(new PretrainedNetwork { Path = "no.onnx", Labels = "no.txt" }).Fit()).Message;
        string another = Should.Throw<InvalidOptionsException>(() =>
            TransferPipeline.PreTrain("no data", new PreTrainingOptions { Epochs = 0 }).Fit()).Message;

        message.ShouldContain("no.onnx");
        message.ShouldContain("no.txt");
        another.ShouldContain("PreTrainingOptions.Epochs");
        another.ShouldContain("no data");
    }
}
