using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.MLNet.Tests.Pipelines;

public sealed class TransferModelTests : IDisposable
{
    private readonly MLContext _context = new(seed: 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_model_file_is_a_step_of_a_pipeline()
    {
        string file = SavedModel();
        IDataView paths = Insects.Paths(_context, each: 3);

        using TransferLearningTransformer transformer = _context.Transforms.ApplyTransferModel(file).Fit(paths);

        float[][] scores = Scores(transformer.Transform(paths));
        using var model = TransferModel.Load(file);
        scores.ShouldBe([.. Insects.Files(3).Select(f => model.Predict(f.Path).Probabilities.ToArray())]);
        Should.Throw<TransferLearningException>(() => _context.Transforms.ApplyTransferModel(_folder.At("absent.onnx")).Fit(paths))
            .Message.ShouldContain("absent.onnx");
    }

    [SkippableFact]
    public void What_was_loaded_still_knows_its_model()
    {
        IDataView data = Insects.Paths(_context, each: 4);
        ITransformer pipeline = _context.MulticlassClassification.Trainers.TransferLearning(Insects.Train)
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        _context.Model.Save(pipeline, data.Schema, _folder.At("model.zip"));

        ITransformer loaded = new MLContext().Model.Load(_folder.At("model.zip"), out _);
        using TransferModel? found = loaded.FindTransferModel(), fitted = pipeline.FindTransferModel();

        found!.Labels.ShouldBe(["ants", "bees"]);
        found.Origin.Facts["strategy"].ShouldBe("fine-tuning");
        found.Save(_folder.At("found.onnx"));
        string photo = Insects.Files(1)[0].Path;
        found.Predict(photo).Probabilities.ToArray().ShouldBe(fitted!.Predict(photo).Probabilities.ToArray());
    }

    [SkippableFact]
    public void A_pipeline_without_one_has_none()
    {
        IDataView data = _context.Data.LoadFromEnumerable([new Insects.PathRow { Image = "a", Label = "b" }]);
        ITransformer pipeline = _context.Transforms.Conversion.MapValue("Number", [new KeyValuePair<string, int>("b", 1)], "Label")
            .Append(_context.Transforms.CopyColumns("Copy", "Image")).Fit(data);

        pipeline.FindTransferModel().ShouldBeNull();
    }

    [SkippableFact]
    public void ML_NETs_own_ONNX_transformer_scores_the_saved_file_with_the_same_labels()
    {
        using TransferLearningTransformer transformer =
            _context.MulticlassClassification.Trainers.TransferLearning(Insects.Train).Fit(Insects.Paths(_context, each: 6));
        string file = _folder.At("plain.onnx");
        transformer.SaveAsOnnx(file);
        TransferModel model = transformer.Model;
        (string Path, string Label)[] photos = Insects.Files(4);
        int side = model.Preprocessing.Width;
        float[][] inputs = [.. photos.Select(p => PlanesOf(p.Path, model.Preprocessing))];
        IDataView data = _context.Data.LoadFromEnumerable(
            inputs.Select(i => new OnnxRow { Image = i }), Schema(model.Preprocessing.Height, side));
        string input = OnnxInput(file);

        IDataView scored = _context.Transforms.CopyColumns(input, "Image")
            .Append(_context.Transforms.ApplyOnnxModel(
                ["probabilities"],
                [input],
                file,
                new Dictionary<string, int[]> { [input] = [1, 3, model.Preprocessing.Height, side] },
                gpuDeviceId: null,
                fallbackToCpu: true))
            .Fit(data).Transform(data);

        float[][] probabilities = [.. scored.GetColumn<float[]>("probabilities")];
        for (int i = 0; i < photos.Length; i++)
        {
            Prediction expected = model.Predict(photos[i].Path);
            model.Labels[probabilities[i].AsSpan().IndexOf(probabilities[i].Max())].ShouldBe(expected.Label);
            probabilities[i].Zip(expected.Probabilities.ToArray()).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-4);
        }
    }

    [SkippableFact]
    public void Eight_threads_with_an_engine_each_get_what_one_thread_gets()
    {
        IDataView data = Insects.Paths(_context, each: 4);
        using TransferLearningTransformer transformer =
            _context.MulticlassClassification.Trainers.TransferLearning(Insects.Train).Fit(data);
        (string Path, string Label)[] photos = Insects.Files(4);
        float[][] expected = Scores(transformer.Transform(data));
        var engines = new ConcurrentBag<PredictionEngine<Insects.PathRow, Insects.Scored>>(Enumerable.Range(0, 8)
            .Select(_ => _context.Model.CreatePredictionEngine<Insects.PathRow, Insects.Scored>(transformer)));

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            engines.TryTake(out PredictionEngine<Insects.PathRow, Insects.Scored>? engine).ShouldBeTrue();
            engine!.Predict(new Insects.PathRow { Image = photos[i % 8].Path }).Score.ShouldBe(expected[i % 8]);
            engines.Add(engine);
        });
    }

    [SkippableFact]
    public void A_missing_file_gets_no_scores_as_an_undecodable_one_does()
    {
        using TransferLearningTransformer transformer =
            _context.MulticlassClassification.Trainers.TransferLearning(Insects.Train).Fit(Insects.Paths(_context, each: 4));
        IDataView data = _context.Data.LoadFromEnumerable([new Insects.PathRow { Image = _folder.At("missing.jpg") }]);

        Insects.Scored row = _context.Data.CreateEnumerable<Insects.Scored>(transformer.Transform(data), reuseRowObject: false).Single();

        row.PredictedLabel.ShouldBe(0u);
        row.Score.ShouldBe([float.NaN, float.NaN]);
    }

    /// <summary>[3, height, width].</summary>
    private static float[] PlanesOf(string path, ImagePreprocessing preprocessing)
    {
        int pixels = preprocessing.Width * preprocessing.Height;
        float[] interleaved = new float[3 * pixels], planes = new float[3 * pixels];
        ImageToTensor.Convert(ImageFormats.BuiltIn.Load(path), preprocessing, interleaved);
        for (int i = 0; i < interleaved.Length; i++)
        {
            planes[(i % 3 * pixels) + (i / 3)] = interleaved[i];
        }

        return planes;
    }

    private static SchemaDefinition Schema(int height, int width)
    {
        var schema = SchemaDefinition.Create(typeof(OnnxRow));
        schema["Image"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, 3, height, width);
        return schema;
    }

    private static float[][] Scores(IDataView scored) =>
        [.. new MLContext().Data.CreateEnumerable<Insects.Scored>(scored, reuseRowObject: false).Select(r => r.Score)];

    private static string OnnxInput(string file) => OnnxReader.ReadUnchecked(file).Inputs[0].Name;

    private string SavedModel()
    {
        using TransferModel trained = Insects.Train(Insects.Dataset(6));
        trained.Save(_folder.At("insects.onnx"));
        return _folder.At("insects.onnx");
    }

    private sealed class OnnxRow
    {
        public float[] Image { get; set; } = [];
    }
}
