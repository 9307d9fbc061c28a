using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models;

public sealed class ModelPrecisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_model_with_smaller_weights_is_smaller_and_predicts_nearly_the_same()
    {
        ImageDataset data = Flowers();
        using TransferModel model = TransferPipeline.FineTune(data).WithBackbone(Float32Network()).Fit().Model;
        string full = _folder.At("full.onnx");
        model.Save(full);
        long fullLength = new FileInfo(full).Length;

        foreach ((WeightPrecision weights, double part) in
            new[] { (WeightPrecision.Float16, 0.52), (WeightPrecision.Bfloat16, 0.52), (WeightPrecision.Int8, 0.28) })
        {
            string small = _folder.At($"{weights}.onnx");

            model.Save(small, new ModelSaveOptions { Weights = weights });
            using var loaded = TransferModel.Load(small);
            PrecisionLoss loss = model.MeasurePrecision(weights, data);

            long length = new FileInfo(small).Length;
            ((double)length / fullLength).ShouldBeLessThan(part);
            (loss.Weights, loss.Bytes, loss.BytesBefore, loss.Images).ShouldBe((weights, length, fullLength, data.Count));
            loss.Agreement.ShouldBeGreaterThanOrEqualTo(0.9);
            loss.AccuracyLost.ShouldBe(loss.AccuracyBefore - loss.Accuracy);
            loaded.Labels.ShouldBe(model.Labels);
            string photo = data.Images[0].Path;
            loaded.Predict(photo).Probability.ShouldBe(model.Predict(photo).Probability, 0.2);
        }
    }

    [SkippableFact]
    public void Images_of_other_classes_are_refused()
    {
        ImageDataset data = Flowers();
        using TransferModel model = TransferPipeline.FineTune(data).WithBackbone(Backbone.Compact).Fit().Model;
        var other = ImageDataset.Open(SharedData.Data("concrete-cracks"));

        Should.Throw<ArgumentException>(() => model.MeasurePrecision(WeightPrecision.Int8, other)).Message.ShouldContain("'CD'");
    }

    /// <summary>A network whose weights float16 does not represent exactly.</summary>
    private static Backbone Float32Network() => SharedData.Backbone("compact_v0.onnx");

    /// <summary>Six photos of each class.</summary>
    private static ImageDataset Flowers()
    {
        var all = ImageDataset.Open(SharedData.Data("flowers-small"));
        return ImageDataset.FromImages(all.Images.GroupBy(i => i.Label).SelectMany(g => g.Take(6)));
    }
}
