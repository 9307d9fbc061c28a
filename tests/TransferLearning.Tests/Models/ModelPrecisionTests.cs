using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Models;

public sealed class ModelPrecisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(WeightPrecision.Float16, 0.56)]
    [InlineData(WeightPrecision.Bfloat16, 0.56)]
    [InlineData(WeightPrecision.Int8, 0.33)]
    public void A_model_with_smaller_weights_is_smaller_and_predicts_nearly_the_same(WeightPrecision weights, double part)
    {
        ImageDataset data = ImageDataset.Open(SharedData.Data("flowers-small"));
        using TransferModel model = TransferPipeline.FineTune(data).WithBackbone(TransferLearning.Backbones.Backbones.Compact).Fit().Model;
        string full = _folder.At("full.onnx"), small = _folder.At("small.onnx");

        model.Save(full);
        model.Save(small, new ModelSaveOptions { Weights = weights });
        using TransferModel loaded = TransferModel.Load(small);
        PrecisionLoss loss = model.MeasurePrecision(weights, data);

        long length = new FileInfo(small).Length;
        ((double)length / new FileInfo(full).Length).ShouldBeLessThan(part);
        (loss.Weights, loss.Bytes, loss.BytesBefore, loss.Images).ShouldBe((weights, length, new FileInfo(full).Length, data.Count));
        loss.Agreement.ShouldBeGreaterThan(0.9);
        loss.AccuracyLost.ShouldBe(loss.AccuracyBefore - loss.Accuracy);
        loaded.Labels.ShouldBe(model.Labels);
        int same = data.Images.Take(20).Count(i => loaded.Predict(i.Path).Label == model.Predict(i.Path).Label);
        same.ShouldBeGreaterThanOrEqualTo(18);
    }

    [SkippableFact]
    public void Images_of_other_classes_cannot_tell_what_a_model_loses()
    {
        ImageDataset data = ImageDataset.Open(SharedData.Data("flowers-small"));
        using TransferModel model = TransferPipeline.FineTune(data).WithBackbone(TransferLearning.Backbones.Backbones.Compact).Fit().Model;
        ImageDataset other = ImageDataset.Open(SharedData.Data("concrete-cracks"));

        Should.Throw<ArgumentException>(() => model.MeasurePrecision(WeightPrecision.Int8, other)).Message.ShouldContain("'CD'");
    }
}
