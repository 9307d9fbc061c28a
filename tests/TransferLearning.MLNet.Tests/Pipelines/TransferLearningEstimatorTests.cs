using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Tests.Pipelines;

public sealed class TransferLearningEstimatorTests : IDisposable
{
    private readonly MLContext _context = new();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds => ["encoded", "paths", "pixels", "resized"];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void Scores_and_classes_are_in_the_order_of_the_key(string kind)
    {
        IDataView data = Data(kind);

        TransferLearningTransformer transformer = Trainer().Fit(data);
        IDataView scored = transformer.Transform(data);

        transformer.Classes.ShouldBe(["bees", "ants"]);
        scored.Schema["Score"].Type.ShouldBeOfType<VectorDataViewType>().Size.ShouldBe(2);
        Insects.Text(scored.Schema["Score"], "SlotNames").ShouldBe(["bees", "ants"]);
        Insects.Text(scored.Schema["PredictedLabel"], "KeyValues").ShouldBe(["bees", "ants"]);
        _context.MulticlassClassification.Evaluate(scored).MicroAccuracy.ShouldBeGreaterThan(0.8);
        transformer.Model.Dispose();
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void A_saved_ML_NET_model_scores_the_same_in_another_context(string kind)
    {
        Insects.SkipIfPixelsCannotBeExtracted(kind);
        IDataView data = Data(kind, each: 4);
        TransferLearningTransformer transformer = Trainer().Fit(data);
        _context.Model.Save(transformer, data.Schema, _folder.At("model.zip"));

        var elsewhere = new MLContext();
        ITransformer loaded = elsewhere.Model.Load(_folder.At("model.zip"), out _);
        IDataView scored = loaded.Transform(data);

        float[][] before = Scores(_context, transformer.Transform(data)), after = Scores(elsewhere, scored);
        after.Length.ShouldBe(8);
        after.ShouldBe(before);
        Insects.Text(scored.Schema["Score"], "SlotNames").ShouldBe(["bees", "ants"]);
        scored.Schema.Select(c => c.Name).ShouldNotContain(n => n.StartsWith("__TransferLearning", StringComparison.Ordinal));
        transformer.Model.Dispose();
    }

    [SkippableFact]
    public void The_scores_are_the_models_own_to_the_bit()
    {
        (string Path, string Label)[] files = Insects.Files(4);
        TransferLearningTransformer transformer = Trainer().Fit(Insects.Paths(_context, 4));

        float[][] scores = Scores(_context, transformer.Transform(Insects.Paths(_context, 4)));

        for (int i = 0; i < files.Length; i++)
        {
            // The model has its labels in alphabetical order.
            scores[i].Reverse().ShouldBe(transformer.Model.Predict(files[i].Path).Probabilities.ToArray());
        }

        transformer.Model.Dispose();
    }

    [SkippableFact]
    public void A_pipeline_with_it_predicts_single_rows()
    {
        IDataView data = _context.Data.LoadFromEnumerable(
            Insects.Files(6).Select(f => new Insects.PathRow { Image = f.Path, Label = f.Label }));
        EstimatorChain<TransferLearningTransformer> pipeline = _context.Transforms.Conversion.MapValueToKey("Label").Append(Trainer());

        ITransformer fitted = pipeline.Fit(data);
        using PredictionEngine<Insects.PathRow, Insects.Scored> engine =
            _context.Model.CreatePredictionEngine<Insects.PathRow, Insects.Scored>(fitted);
        Insects.Scored scored = engine.Predict(new Insects.PathRow { Image = Insects.Files(1)[0].Path });

        scored.PredictedLabel.ShouldBe(1u);
        scored.Score.Sum().ShouldBe(1, 1e-5);
    }

    [SkippableFact]
    public void An_image_that_cannot_be_decoded_gets_no_scores_and_no_class_after_others_did()
    {
        TransferLearningTransformer transformer = Trainer().Fit(Insects.Encoded(_context, 4));
        byte[] good = File.ReadAllBytes(Insects.Files(1)[0].Path);
        IDataView data = Insects.Keyed(_context, _context.Data.LoadFromEnumerable(
            new[] { good, "no image"u8.ToArray(), [] }.Select(image => new Insects.EncodedRow { Image = image, Label = "bees" })));

        Insects.Scored[] rows = [.. _context.Data.CreateEnumerable<Insects.Scored>(transformer.Transform(data), reuseRowObject: false)];

        rows.Select(r => r.PredictedLabel).ShouldBe([1u, 0u, 0u]);
        rows.Select(r => r.Score.Count(float.IsNaN)).ShouldBe([0, 2, 2]);
        transformer.Model.Dispose();
    }

    [SkippableFact]
    public void Rows_without_a_label_are_passed_on_unlabeled()
    {
        ImageDataset? seen = null;
        Insects.PathRow[] rows =
            [.. Insects.Files(4).Select((f, i) => new Insects.PathRow { Image = f.Path, Label = i == 0 ? null : f.Label })];

        Trainer(images => Insects.Train(seen = images)).Fit(Insects.Keyed(_context, _context.Data.LoadFromEnumerable(rows)));

        seen!.Images.Select(i => i.Label).ShouldBe([null, "bees", "bees", "bees", "ants", "ants", "ants", "ants"]);
    }

    [SkippableFact]
    public void Any_strategy_of_the_library_can_train()
    {
        TransferLearningTransformer transformer = Trainer(
                images => TransferPipeline.CrossValidate(images, new() { Folds = 3 })
                    .WithBackbone(Backbone.Compact).WithoutBottleneckCache().Fit().Model)
            .Fit(Insects.Encoded(_context));

        transformer.Model.Origin.Facts["strategy"].ShouldBe("cross-validation");
        transformer.Model.Dispose();
    }

    [SkippableFact]
    public void Column_names_may_have_any_characters()
    {
        var columns = new TransferLearningColumns
        {
            Image = "Das Bild (groß)",
            Label = "Klasse/Art",
            Score = "p [%]",
            PredictedLabel = "?",
        };
        IDataView data = Insects.Paths(_context, 4);
        data = _context.Transforms.CopyColumns(columns.Image, "Image").Append(_context.Transforms.CopyColumns(columns.Label, "Label"))
            .Fit(data).Transform(data);

        IDataView scored = _context.MulticlassClassification.Trainers.TransferLearning(Insects.Train, columns).Fit(data).Transform(data);

        _context.MulticlassClassification.Evaluate(scored, columns.Label, columns.Score, columns.PredictedLabel).MicroAccuracy
            .ShouldBeGreaterThan(0.7);
    }

    [SkippableFact]
    public void Data_that_cannot_be_used_is_refused_with_what_was_expected()
    {
        IDataView unkeyed = _context.Data.LoadFromEnumerable(
            Insects.Files(1).Select(f => new Insects.PathRow { Image = f.Path, Label = f.Label }));
        TransferLearningEstimator other = _context.MulticlassClassification.Trainers.TransferLearning(
            Insects.Train, new TransferLearningColumns { Image = "Photo" });
        TransferLearningEstimator wrong = _context.MulticlassClassification.Trainers.TransferLearning(
            Insects.Train, new TransferLearningColumns { Image = "Label", Label = "Image" });

        Should.Throw<TransferLearningException>(() => Trainer().Fit(unkeyed)).Message.ShouldContain("MapValueToKey(\"Label\")");
        Should.Throw<TransferLearningException>(() => other.Fit(unkeyed)).Message
            .ShouldContain("no column 'Photo'; it has 'Image', 'Label'");
        Should.Throw<TransferLearningException>(() => wrong.Fit(Insects.Keyed(_context, unkeyed))).Message
            .ShouldContain("expected an encoded");
        Should.Throw<InvalidOptionsException>(() => _context.MulticlassClassification.Trainers.TransferLearning(
            Insects.Train, new TransferLearningColumns { Image = "", Score = "x", PredictedLabel = "x" })).Problems.Count.ShouldBe(2);
    }

    [SkippableFact]
    public void A_model_file_becomes_a_transformer()
    {
        (string Path, string Label)[] files = Insects.Files(6);
        using (TransferModel trained = Insects.Train(ImageDataset.FromImages(files.Select(f => LabeledImage.FromFile(f.Path, f.Label)))))
        {
            trained.Save(_folder.At("insects.onnx"));
        }

        using var model = TransferModel.Load(_folder.At("insects.onnx"));
        IDataView encoded = Insects.Encoded(_context, 2), paths = Insects.Paths(_context, 2);

        TransferLearningTransformer ofFiles = model.ToTransformer(_context);
        TransferLearningTransformer ofPaths = model.ToTransformer(_context, TransferLearningImages.Paths);
        TransferLearningTransformer ofPixels = model.ToTransformer(_context, TransferLearningImages.Pixels);

        ofFiles.Classes.ShouldBe(["ants", "bees"]);
        Scores(_context, ofFiles.Transform(encoded)).ShouldBe(Scores(_context, ofPaths.Transform(paths)));
        Scores(_context, ofPixels.Transform(Insects.Pixels(_context, 2))).Length.ShouldBe(4);
        _context.Model.Save(ofPaths, paths.Schema, _folder.At("model.zip"));
        Scores(_context, new MLContext().Model.Load(_folder.At("model.zip"), out _).Transform(paths)).Length.ShouldBe(4);
    }

    private static float[][] Scores(MLContext context, IDataView scored) =>
        [.. context.Data.CreateEnumerable<Insects.Scored>(scored, reuseRowObject: false).Select(r => r.Score)];

    private IDataView Data(string kind, int each = 8) => Insects.Data(_context, kind, each);

    private TransferLearningEstimator Trainer(Func<ImageDataset, TransferModel>? train = null) =>
        _context.MulticlassClassification.Trainers.TransferLearning(train ?? Insects.Train);
}
