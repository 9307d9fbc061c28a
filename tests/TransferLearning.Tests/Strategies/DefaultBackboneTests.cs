using TransferLearning.Imaging;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies;

public sealed class DefaultBackboneTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pipeline_without_a_backbone_takes_ResNet_18_and_its_model_is_saved_without_loss_in_half_the_size()
    {
        FineTuningResult result = TransferPipeline.FineTune(DrawnImages.Set(10, "blue", "red")).WithSharedBottlenecks().Fit();
        using TransferModel model = result.Model;
        string path = _folder.At("model.onnx");

        model.Save(path);
        using var loaded = TransferModel.Load(path);

        model.Origin.Backbone.ShouldBe("resnet18");
        new FileInfo(path).Length.ShouldBeInRange(31_000_000, 33_000_000);
        RgbImage image = ImageFormats.BuiltIn.Decode(DrawnImages.Disc(0, 50).File);
        loaded.Predict(image).Probabilities.ToArray().ShouldBe(model.Predict(image).Probabilities.ToArray());
    }
}
