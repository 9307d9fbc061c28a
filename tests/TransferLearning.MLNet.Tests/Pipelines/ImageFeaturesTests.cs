using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Encoding;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Tests.Pipelines;

public sealed class ImageFeaturesTests : IDisposable
{
    private readonly MLContext _context = new(seed: 0);
    private readonly TemporaryFolder _folder = new();

    private BottleneckCache Cache => new(_folder.At("cache"));

    public static TheoryData<string> Kinds => ["encoded", "paths", "pixels", "resized"];

    public static TheoryData<string> Trainers => ["sdca", "lbfgs", "lightgbm", "fasttree"];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void They_are_the_bottlenecks_of_the_network(string kind)
    {
        IDataView data = Insects.Data(_context, kind, each: 3);

        using ImageFeaturesTransformer transformer = Features().Fit(data);
        IDataView transformed = transformer.Transform(data);

        transformed.Schema["Features"].Type.ShouldBeOfType<VectorDataViewType>().Size.ShouldBe(Backbone.Compact.FeatureSize);
        float[][] features = Rows(transformed);
        features.Length.ShouldBe(6);
        if (kind is "encoded" or "paths")
        {
            Extraction expected = new BottleneckExtractor(Backbone.Compact).Extract(Insects.Dataset(3));
            for (int i = 0; i < features.Length; i++)
            {
                features[i].ShouldBe(expected.Bottlenecks.Row(i).ToArray());
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Trainers))]
    public void Any_trainer_of_ML_NET_learns_from_them(string trainer)
    {
        IDataView data = Insects.Paths(_context, each: 20);
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = _context.MulticlassClassification.Trainers;
        IEstimator<ITransformer> estimator = trainer switch
        {
            "sdca" => trainers.SdcaMaximumEntropy(),
            "lbfgs" => trainers.LbfgsMaximumEntropy(),
            "lightgbm" => trainers.LightGbm(minimumExampleCountPerLeaf: 2),
            "fasttree" => trainers.OneVersusAll(_context.BinaryClassification.Trainers.FastTree(minimumExampleCountPerLeaf: 2)),
            _ => throw new ArgumentOutOfRangeException(nameof(trainer), trainer, null),
        };

        TransformerChain<ITransformer> model = Features().Append(estimator).Fit(data);

        _context.MulticlassClassification.Evaluate(model.Transform(data)).MicroAccuracy.ShouldBeGreaterThan(0.9);
    }

    [SkippableFact]
    public void Clusters_are_found_in_them()
    {
        IDataView data = Insects.Paths(_context, each: 10);

        IDataView scored = Features().Append(_context.Clustering.Trainers.KMeans(numberOfClusters: 2)).Fit(data).Transform(data);

        _context.Clustering.Evaluate(scored, scoreColumnName: "Score").AverageDistance.ShouldBeGreaterThan(0);
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void A_saved_pipeline_computes_the_same_in_another_context(string kind)
    {
        Insects.SkipIfPixelsCannotBeExtracted(kind);
        IDataView data = Insects.Data(_context, kind, each: 2);
        using ImageFeaturesTransformer transformer = Features().Fit(data);
        _context.Model.Save(transformer, data.Schema, _folder.At("features.zip"));

        ITransformer loaded = new MLContext().Model.Load(_folder.At("features.zip"), out _);
        IDataView transformed = loaded.Transform(data);

        Rows(transformed).ShouldBe(Rows(transformer.Transform(data)));
        transformed.Schema.Select(c => c.Name).ShouldNotContain(n => n.StartsWith("__TransferLearning", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void What_is_cached_is_not_computed_again()
    {
        List<string> log = [];
        _context.Log += (_, e) => log.Add(e.Message);
        IDataView data = Insects.Encoded(_context, each: 4);

        Features().Fit(data).Dispose();
        Features().Fit(data).Dispose();

        string[] computed = [.. log.Where(m => m.Contains("images computed", StringComparison.Ordinal))];
        computed.Length.ShouldBe(2);
        computed[0].ShouldContain("compact: 8 images computed, 0 from the cache");
        computed[1].ShouldContain("compact: 0 images computed, 8 from the cache");
    }

    [SkippableFact]
    public void Images_that_the_estimator_has_not_seen_are_computed_and_kept()
    {
        IDataView few = Insects.Paths(_context, each: 1), more = Insects.Paths(_context, each: 4);

        using (ImageFeaturesTransformer transformer = Features().Fit(few))
        {
            Rows(transformer.Transform(more)).ShouldBe(Rows(Features(keep: false).Fit(more).Transform(more)));
        }

        Cache.Verify().ShouldHaveSingleItem().Images.ShouldBe(8);
    }

    [SkippableFact]
    public void An_image_that_cannot_be_used_gets_NaN_and_a_warning_and_trainers_leave_it_out()
    {
        List<string> warnings = [];
        _context.Log += (_, e) => warnings.AddRange(e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning ? [e.Message] : []);
        File.WriteAllText(_folder.At("text.jpg"), "no image");
        (string Path, string Label)[] files =
            [.. Insects.Files(8), (_folder.At("missing.jpg"), "bees"), (_folder.At("text.jpg"), "bees")];
        IDataView data = Insects.Keyed(
            _context, _context.Data.LoadFromEnumerable(files.Select(f => new Insects.PathRow { Image = f.Path, Label = f.Label })));

        using ImageFeaturesTransformer transformer = Features().Fit(data);
        float[][] rows = Rows(transformer.Transform(data));
        TransformerChain<MulticlassPredictionTransformer<MaximumEntropyModelParameters>> model =
            Features().Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(data);

        rows[^2..].SelectMany(r => r).ShouldAllBe(v => float.IsNaN(v));
        rows[..^2].SelectMany(r => r).ShouldAllBe(v => !float.IsNaN(v));
        warnings.ShouldContain(w => w.Contains("missing.jpg", StringComparison.Ordinal));
        warnings.ShouldContain(w => w.Contains("text.jpg", StringComparison.Ordinal));
        _context.MulticlassClassification.Evaluate(model.Transform(Insects.Paths(_context))).MicroAccuracy.ShouldBeGreaterThan(0.9);
    }

    [SkippableFact]
    public void Opaque_PNG_as_MLImage_and_as_bytes_gives_the_same_bits()
    {
        string path = _folder.At("photo.png");
        RgbImage photo = ImageFormats.BuiltIn.Load(Insects.Files(1)[0].Path);
        File.WriteAllBytes(path, PngEncoder.Encode(photo));
        IDataView paths = _context.Data.LoadFromEnumerable([new Insects.PathRow { Image = path, Label = "bees" }]);
        IDataView pixels = _context.Transforms.LoadImages("Image", imageFolder: null, "Image").Fit(paths).Transform(paths);

        float[][] ofPaths = Rows(Features(keep: false).Fit(paths).Transform(paths));
        float[][] ofPixels = Rows(Features(keep: false).Fit(pixels).Transform(pixels));

        ofPixels.ShouldBe(ofPaths);
    }

    [SkippableFact]
    public void Network_and_linear_classifier_become_one_model_with_the_same_labels()
    {
        IDataView data = Insects.Paths(_context, each: 12);
        using ImageFeaturesTransformer features = Features().Fit(data);
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> classifier =
            _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(features.Transform(data));

        using TransferModel model = features.ToModel(classifier.Model, ["bees", "ants"]);
        model.Save(_folder.At("fused.onnx"));
        using var loaded = TransferModel.Load(_folder.At("fused.onnx"));

        Insects.Scored[] expected =
            [.. _context.Data.CreateEnumerable<Insects.Scored>(classifier.Transform(features.Transform(data)), reuseRowObject: false)];
        foreach ((int i, (string path, string _)) in Insects.Files(12).Index())
        {
            Prediction prediction = loaded.Predict(path);
            prediction.Label.ShouldBe(expected[i].PredictedLabel == 1 ? "bees" : "ants");
            prediction.Probabilities.ToArray().Zip(expected[i].Score).ShouldAllBe(p => Math.Abs(p.First - p.Second) < 1e-4);
        }

        Should.Throw<ArgumentException>(() => features.ToModel(classifier.Model, ["bees", "ants", "wasps"])).Message
            .ShouldContain("there are 3 classes");
    }

    [Fact]
    public void Wrong_options_are_reported_together() =>
        Should.Throw<InvalidOptionsException>(() => _context.Transforms.ImageFeatures(
            new ImageFeaturesOptions { OutputColumnName = "", Threads = -1, KeepBottlenecks = false, BottleneckCache = Cache }))
            .Problems.Count.ShouldBe(4);

    [Fact]
    public void A_missing_column_is_named() =>
        Should.Throw<TransferLearningException>(() => _context.Transforms.ImageFeatures("Features", "Photo").Fit(
            _context.Data.LoadFromEnumerable([new Insects.PathRow()]))).Message.ShouldContain("no column 'Photo'; it has 'Image', 'Label'");

    private static float[][] Rows(IDataView data)
    {
        List<float[]> rows = [];
        DataViewSchema.Column column = data.Schema["Features"];
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> value = default;
        while (cursor.MoveNext())
        {
            get(ref value);
            rows.Add([.. value.DenseValues()]);
        }

        return [.. rows];
    }

    private ImageFeaturesEstimator Features(bool keep = true) => _context.Transforms.ImageFeatures(new ImageFeaturesOptions
    {
        OutputColumnName = "Features",
        InputColumnName = "Image",
        Backbone = Backbone.Compact,
        BottleneckCache = keep ? Cache : null,
        KeepBottlenecks = keep,
    });
}
