using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;

namespace TransferLearning.MLNet.Tests.Pipelines;

public sealed class TransferCrossValidateTests : IDisposable
{
    private readonly MLContext _context = new(seed: 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("paths")]
    [InlineData("encoded")]
    public void Each_row_is_held_out_once_and_scored_by_a_model_that_has_not_seen_it(string kind)
    {
        IDataView data = Insects.Data(_context, kind, each: 15);

        IReadOnlyList<TransferCrossValidationResult> folds =
            _context.MulticlassClassification.TransferCrossValidate(data, numberOfFolds: 3, options: Options);

        folds.Select(f => f.Fold).ShouldBe([0, 1, 2]);
        Insects.Scored[][] rows =
            [.. folds.Select(f => _context.Data.CreateEnumerable<Insects.Scored>(f.ScoredHoldOutSet, reuseRowObject: false).ToArray())];
        rows.Select(r => r.Length).ShouldBe([10, 10, 10]);
        foreach (TransferCrossValidationResult fold in folds)
        {
            fold.Metrics.MicroAccuracy.ShouldBeInRange(0.5, 1);
            fold.Model.Model.Labels.ShouldBe(["ants", "bees"]);
            fold.Model.Classes.ShouldBe(["bees", "ants"]);
            fold.Model.Dispose();
        }

        folds.Average(f => f.Metrics.MicroAccuracy).ShouldBeGreaterThan(0.7);
    }

    [SkippableFact]
    public void Rows_of_one_sampling_key_are_in_one_fold()
    {
        GroupedRow[] rows =
            [.. Insects.Files(12).Select((f, i) => new GroupedRow { Image = f.Path, Label = f.Label, Place = $"place {i % 4}" })];
        IDataView data = Insects.Keyed(_context, _context.Data.LoadFromEnumerable(rows));

        IReadOnlyList<TransferCrossValidationResult> folds = _context.MulticlassClassification.TransferCrossValidate(
            data, numberOfFolds: 2, samplingKeyColumnName: "Place", options: Options);

        string[][] places =
        [
            .. folds.Select(f => _context.Data.CreateEnumerable<Placed>(f.ScoredHoldOutSet, reuseRowObject: false)
                .Select(p => p.Place).Distinct().ToArray()),
        ];
        places[0].Intersect(places[1]).ShouldBeEmpty();
        places.Sum(p => p.Length).ShouldBe(4);
    }

    [SkippableFact]
    public void A_row_whose_image_cannot_be_read_or_has_no_label_is_in_no_fold()
    {
        Insects.PathRow[] rows =
        [
            new() { Image = _folder.At("missing.jpg"), Label = "bees" },
            .. Insects.Files(9).Select((f, i) => new Insects.PathRow { Image = f.Path, Label = i == 0 ? null : f.Label }),
        ];

        IReadOnlyList<TransferCrossValidationResult> folds = _context.MulticlassClassification.TransferCrossValidate(
            Insects.Keyed(_context, _context.Data.LoadFromEnumerable(rows)), numberOfFolds: 2, options: Options);

        folds.Sum(f => _context.Data.CreateEnumerable<Insects.Scored>(f.ScoredHoldOutSet, reuseRowObject: false).Count()).ShouldBe(17);
    }

    [SkippableFact]
    public void ML_NETs_own_cross_validation_over_image_features_computes_each_image_once()
    {
        List<string> log = [];
        _context.Log += (_, e) => log.AddRange(e.Message.Contains("images computed", StringComparison.Ordinal) ? [e.Message] : []);
        IDataView data = Insects.Paths(_context, each: 12);
        EstimatorChain<MulticlassPredictionTransformer<Microsoft.ML.Trainers.MaximumEntropyModelParameters>> pipeline = _context.Transforms
            .ImageFeatures("Features", "Image", Backbone.Compact, new BottleneckCache(_folder.At("cache")))
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());

        double accuracy = _context.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 4)
            .Average(f => f.Metrics.MicroAccuracy);

        accuracy.ShouldBeGreaterThan(0.6);
        log.Count.ShouldBe(4);
        new BottleneckCache(_folder.At("cache")).Verify().ShouldHaveSingleItem().Images.ShouldBe(24);
    }

    private static TransferLearningOptions Options => new() { Backbone = Backbone.Compact, KeepBottlenecks = false };

    private sealed class GroupedRow
    {
        public string Image { get; set; } = "";

        public string? Label { get; set; }

        public string Place { get; set; } = "";
    }

    private sealed class Placed
    {
        public string Place { get; set; } = "";
    }
}
