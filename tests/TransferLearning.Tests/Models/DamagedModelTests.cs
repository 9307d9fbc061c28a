using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models;

/// <summary>A model that computes no numbers is an error that names the file, never a probability.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private static readonly string[] Labels = ["blue", "red"];

    private static readonly ImageDataset Images = DrawnImages.Set(2, "blue", "red");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightPrecision.Float32)]
    [InlineData(WeightPrecision.Float16)]
    [InlineData(WeightPrecision.Int8)]
    public void Weights_that_are_NaN_are_an_error_when_a_model_is_loaded(WeightPrecision precision)
    {
        string path = Save(float.NaN, precision);

        string message = Should.Throw<TransferLearningException>(() => TransferModel.Load(path)).Message;

        message.ShouldContain($"'{path}'");
        message.ShouldContain("NaN");
        Should.Throw<TransferLearningException>(() => Backbone.FromFile(path, new BackboneOptions { EndsInClassifier = true }))
            .Message.ShouldContain("NaN");
    }

    [Fact]
    public void Probabilities_that_are_no_numbers_are_an_error_of_every_prediction()
    {
        string path = Save(float.MaxValue, WeightPrecision.Float32);
        using var model = TransferModel.Load(path);
        byte[] file = Images.Images[0].ReadBytes();
        RgbImage image = ImageFormats.BuiltIn.Decode(file);
        string photo = _folder.Write("photo.png", file);

        foreach (Action predict in (Action[])
        [
            () => model.Predict(photo), () => model.Predict(new MemoryStream(file)), () => model.Predict(file), () => model.Predict(image),
            () => model.PredictAll(Images), () => model.Evaluate(Images), () => model.Label(Images),
        ])
        {
            string message = Should.Throw<TransferLearningException>(predict).Message;
            message.ShouldContain($"the model '{path}' computes NaN as the probability of 'blue'");
            message.ShouldContain("get the file again");
        }
    }

    [Fact]
    public void A_network_that_cannot_run_is_an_error_of_every_prediction()
    {
        using var model = new TransferModel(TinyBackbone.Value, Head(1), Labels);
        using var saved = new MemoryStream();
        model.Save(saved);
        byte[] damaged = saved.ToArray();

        // The first stride of the first convolution, which is written as two integers.
        int strides = damaged.AsSpan().IndexOf("strides"u8) + "strides"u8.Length;
        damaged.AsSpan(strides).IndexOf((byte)2).ShouldBeInRange(0, 8);
        damaged[strides + damaged.AsSpan(strides).IndexOf((byte)2)] = 0;
        string path = _folder.Write("model.onnx", damaged);

        using var loaded = TransferModel.Load(path);

        Should.Throw<TransferLearningException>(() => loaded.PredictAll(Images)).Message.ShouldContain($"the model '{path}' cannot run");
        Should.Throw<TransferLearningException>(() => loaded.Predict(Images.Images[0].ReadBytes())).Message.ShouldContain($"'{path}'");
    }

    private string Save(float weight, WeightPrecision precision)
    {
        using var model = new TransferModel(TinyBackbone.Value, Head(weight), Labels);
        string path = _folder.At("model.onnx");
        model.Save(path, new ModelSaveOptions { Weights = precision });
        return path;
    }

    // One weight is that of the test: the others are small numbers that the types with fewer bits can hold.
    private static LinearHead Head(float weight)
    {
        float[] weights = [.. Enumerable.Range(0, Labels.Length * TinyBackbone.Value.FeatureSize).Select(i => i * 0.001f)];
        Array.Fill(weights, weight, 0, float.IsNaN(weight) ? 1 : weights.Length);
        return new LinearHead(Labels.Length, TinyBackbone.Value.FeatureSize, weights, new float[Labels.Length]);
    }
}
