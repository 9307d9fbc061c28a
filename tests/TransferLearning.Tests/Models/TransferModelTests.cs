using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.Tests.Models;

public sealed class TransferModelTests : IDisposable
{
    private const int Features = 256;

    private static readonly string[] Labels = ["ant, \"red\"", "bee", "蜂"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_probabilities_are_the_softmax_of_the_head_over_the_bottleneck()
    {
        Backbone backbone = Network();
        LinearHead head = Head();
        using var model = new TransferModel(backbone, head, Labels);
        string photo = SharedData.Photos(1)[0];

        Prediction prediction = model.Predict(photo);

        ReadOnlySpan<float> features = new BottleneckExtractor(backbone).Extract(ImageDataset.FromFiles([photo])).Bottlenecks.Row(0);
        double[] exponentials = new double[3];
        for (int c = 0; c < 3; c++)
        {
            double logit = head.Bias[c];
            for (int i = 0; i < Features; i++)
            {
                logit += (double)head.Weights[(c * Features) + i] * features[i];
            }

            exponentials[c] = Math.Exp(logit);
        }

        for (int c = 0; c < 3; c++)
        {
            prediction.Probabilities[c].ShouldBe((float)(exponentials[c] / exponentials.Sum()), 1e-5f);
        }

        prediction.Label.ShouldBe(Labels[Array.IndexOf(exponentials, exponentials.Max())]);
        prediction.Top(2).Select(t => t.Label).First().ShouldBe(prediction.Label);
        prediction.Top(9).Select(t => t.Probability).ShouldBeInOrder(SortDirection.Descending);
    }

    [SkippableFact]
    public void A_saved_model_comes_back_with_labels_preprocessing_origin_and_the_same_answers()
    {
        var created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var origin = new ModelOrigin { Backbone = "small", Created = created, Facts = new Dictionary<string, string> { ["seed"] = "7" } };
        using var model = new TransferModel(Network(), Head(), Labels, origin);
        string path = _folder.At("model.onnx");
        string photo = SharedData.Photos(1)[0];

        model.Save(path);
        using var loaded = TransferModel.Load(path);
        using var copy = new MemoryStream();
        loaded.Save(copy);
        copy.Position = 0;
        using var again = TransferModel.Load(copy);

        again.Labels.ShouldBe(Labels);
        again.Preprocessing.ShouldBe(model.Preprocessing);
        (again.Origin.Backbone, again.Origin.Created, again.Origin.Facts["seed"]).ShouldBe(("small", created, "7"));
        again.Predict(photo).Probabilities.ToArray().ShouldBe(model.Predict(photo).Probabilities.ToArray());
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
    }

    [SkippableFact]
    public void The_date_can_be_left_out_of_the_file()
    {
        using MemoryStream first = Saved(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)), second = Saved(DateTimeOffset.UnixEpoch);
        using var loaded = TransferModel.Load(first);

        first.ToArray().ShouldBe(second.ToArray());
        (loaded.Origin.Backbone, loaded.Origin.Created).ShouldBe(("small", (DateTimeOffset?)null));

        static MemoryStream Saved(DateTimeOffset created)
        {
            using var model = new TransferModel(Network(), Head(), Labels, new ModelOrigin { Backbone = "small", Created = created });
            var stream = new MemoryStream();
            model.Save(stream, new ModelSaveOptions { KeepsDate = false });
            stream.Position = 0;
            return stream;
        }
    }

    [SkippableFact]
    public void Path_stream_bytes_and_pixels_get_the_same_answer()
    {
        using var model = new TransferModel(Network(), Head(), Labels);
        string photo = SharedData.Photos(1)[0];
        byte[] bytes = File.ReadAllBytes(photo);
        using var stream = new MemoryStream(bytes);
        float[] expected = model.Predict(photo).Probabilities.ToArray();

        model.Predict(stream).Probabilities.ToArray().ShouldBe(expected);
        model.Predict(bytes).Probabilities.ToArray().ShouldBe(expected);
        model.Predict(ImageFormats.BuiltIn.Decode(bytes)).Probabilities.ToArray().ShouldBe(expected);
    }

    [SkippableFact]
    public void Ten_threads_get_what_one_gets_and_many_images_what_each_gets()
    {
        using var model = new TransferModel(Network(), Head(), Labels);
        string[] photos = SharedData.Photos(10);
        float[][] expected = [.. photos.Select(p => model.Predict(p).Probabilities.ToArray())];
        string bad = _folder.Write("bad.jpg", "no image");

        float[][] got = new float[photos.Length][];
        Thread[] threads =
            [.. Enumerable.Range(0, 10).Select(i => new Thread(() => got[i] = model.Predict(photos[i]).Probabilities.ToArray()))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        IReadOnlyList<ImagePrediction> all = model.PredictAll(ImageDataset.FromFiles([.. photos, bad, _folder.At("absent.jpg")]));

        got.ShouldBe(expected);
        all.Take(10).Select(p => p.Prediction!.Probabilities.ToArray()).ShouldBe(expected);
        all[10].Prediction.ShouldBeNull();
        all[10].Error.ShouldNotBeNull();
        all[11].Error.ShouldNotBeNull().ShouldContain("absent.jpg");
    }

    [SkippableFact]
    public void A_disposed_model_refuses_to_predict()
    {
        var model = new TransferModel(Network(), Head(), Labels);
        byte[] photo = File.ReadAllBytes(SharedData.Photos(1)[0]);
        model.Predict(photo);

        model.Dispose();
        model.Dispose();

        Should.Throw<ObjectDisposedException>(() => model.Predict(photo));
    }

    [SkippableFact]
    public void A_model_may_be_disposed_of_while_its_network_is_compiled_after_loading()
    {
        string path = _folder.At("model.onnx");
        using (var model = new TransferModel(Network(), Head(), Labels))
        {
            model.Save(path);
        }

        for (int i = 0; i < 20; i++)
        {
            var loaded = TransferModel.Load(path);
            loaded.Dispose();
            Should.Throw<ObjectDisposedException>(() => loaded.Predict(new RgbImage(4, 4, new byte[4 * 4 * 3])));
        }
    }

    [SkippableFact]
    public void Ten_threads_may_predict_while_the_network_is_compiled_after_loading()
    {
        string path = _folder.At("model.onnx");
        string photo = SharedData.Photos(1)[0];
        using var model = new TransferModel(Network(), Head(), Labels);
        model.Save(path);
        float[] expected = model.Predict(photo).Probabilities.ToArray();

        using var loaded = TransferModel.Load(path);
        float[][] got = new float[10][];
        Thread[] threads =
            [.. Enumerable.Range(0, got.Length).Select(i => new Thread(() => got[i] = loaded.Predict(photo).Probabilities.ToArray()))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        got.ShouldAllBe(probabilities => probabilities.SequenceEqual(expected));
    }

    [SkippableFact]
    public void A_file_that_is_not_a_model_is_explained()
    {
        using var model = new TransferModel(Network(), Head(), Labels);
        string path = _folder.At("model.onnx");
        model.Save(path);
        byte[] bytes = File.ReadAllBytes(path);

        Error(() => TransferModel.Load(SharedData.Network("compact_v0.onnx"))).ShouldContain("no model of this library");
        Error(() => TransferModel.Load(_folder.At("absent.onnx"))).ShouldContain("absent.onnx");
        Error(() => TransferModel.Load(_folder.Write("cut.onnx", bytes[..(bytes.Length / 2)]))).ShouldContain("cut.onnx");
        int version = bytes.AsSpan().IndexOf("transferlearning.version"u8) + "transferlearning.version"u8.Length + 2;
        bytes[version].ShouldBe((byte)'1');
        bytes[version] = (byte)'7';
        Error(() => TransferModel.Load(_folder.Write("future.onnx", bytes))).ShouldContain("version '7'");
        Error(() => model.Save(_folder.At("absent/model.onnx"))).ShouldContain("absent");
        Error(() => model.Predict(_folder.Write("bad.jpg", "no image"))).ShouldContain("bad.jpg");
    }

    [SkippableFact]
    public void Head_backbone_and_labels_must_fit()
    {
        Backbone backbone = Network();

        Should.Throw<ArgumentException>(() => new TransferModel(backbone, new LinearHead(2, 3, new float[6], new float[2]), ["a", "b"]));
        Should.Throw<ArgumentException>(() => new TransferModel(backbone, Head(), ["a", "b"]));
        Should.Throw<ArgumentException>(() => new TransferModel(backbone, Head(), ["a", "b", "a"]));
    }

    [SkippableFact]
    public void A_saved_model_can_be_a_backbone_again()
    {
        Backbone backbone = Network();
        using var model = new TransferModel(backbone, Head(), Labels);
        string path = _folder.At("model.onnx");
        model.Save(path);

        var again = Backbone.FromFile(path);

        again.FeatureSize.ShouldBe(Features);
        again.Fingerprint.ShouldBe(backbone.Fingerprint);
    }

    private static string Error(Action action) => Should.Throw<TransferLearningException>(action).Message;

    private static Backbone Network() => SharedData.Backbone("mobilenet_v1_0.25_128.onnx");

    private static LinearHead Head()
    {
        var random = new Random(5);
        float[] weights = [.. Enumerable.Range(0, 3 * Features).Select(_ => random.NextSingle() - 0.5f)];
        return new LinearHead(3, Features, weights, [0.3f, -0.2f, 0.1f]);
    }
}
