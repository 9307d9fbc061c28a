using Microsoft.ML;
using Microsoft.ML.Runtime;
using TransferLearning.Backbones;
using TransferLearning.Strategies;

namespace TransferLearning.MLNet.Tests.Pipelines;

public sealed class TransferLearningOptionsTests : IDisposable
{
    private readonly MLContext _context = new(seed: 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void The_default_strategy_is_fine_tuning_and_its_figures_are_logged()
    {
        List<string> log = [];
        _context.Log += (_, e) => log.Add(e.Message);

        using TransferLearningTransformer transformer = Fit(Options);

        transformer.Model.Origin.Facts["strategy"].ShouldBe("fine-tuning");
        string[] own = [.. log.Where(m => m.Contains("Source=TransferLearning", StringComparison.Ordinal))];
        own.ShouldContain(m => m.Contains("accuracy", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Hashes_of_the_training_images_are_kept_unless_they_are_left_out()
    {
        using TransferLearningTransformer with = Fit(Options), without = Fit(Options with { KeepTrainingHashes = false });

        with.Model.KeepsTrainingHashes.ShouldBeTrue();
        without.Model.KeepsTrainingHashes.ShouldBeFalse();
    }

    [SkippableFact]
    public void Cross_validation_ends_in_a_model_of_all_rows()
    {
        using TransferLearningTransformer transformer = Fit(Options with { CrossValidation = new() { Folds = 3 } });

        transformer.Model.Origin.Facts["strategy"].ShouldBe("cross-validation");
        transformer.Model.Origin.Facts["trainImages"].ShouldBe("24");
    }

    [SkippableFact]
    public void Parallel_training_learns_from_rows_without_a_label()
    {
        Insects.PathRow[] rows =
        [
            .. Insects.Files(16).Select((f, i) => new Insects.PathRow { Image = f.Path, Label = i % 2 == 0 ? f.Label : null }),
        ];

        using TransferLearningTransformer transformer = _context.MulticlassClassification.Trainers
            .TransferLearning(Options with { ParallelTraining = new() { Segments = 2 } })
            .Fit(Insects.Keyed(_context, _context.Data.LoadFromEnumerable(rows)));

        transformer.Model.Origin.Facts["strategy"].ShouldBe("parallel training");
    }

    [SkippableFact]
    public void The_seed_of_the_context_decides_and_a_given_one_takes_its_place()
    {
        byte[] first = Probabilities(new MLContext(seed: 1), Options), again = Probabilities(new MLContext(seed: 1), Options);
        byte[] other = Probabilities(new MLContext(seed: 2), Options);
        byte[] given = Probabilities(new MLContext(seed: 2), Options with { Seed = 7 });

        again.ShouldBe(first);
        other.ShouldNotBe(first);
        given.ShouldBe(Probabilities(new MLContext(seed: 1), Options with { Seed = 7 }));
    }

    [SkippableFact]
    public void Validation_data_is_what_the_model_is_evaluated_on()
    {
        IDataView train = Insects.Encoded(_context, each: 8), validation = Insects.Encoded(_context, each: 5);

        using TransferLearningTransformer transformer = _context.MulticlassClassification.Trainers.TransferLearning(Options)
            .Fit(train, validation);

        transformer.Model.Origin.Facts["trainImages"].ShouldBe("16");
        transformer.Model.Origin.Facts["validationImages"].ShouldBe("10");
        Should.Throw<TransferLearningException>(() => _context.MulticlassClassification.Trainers
            .TransferLearning(Options with { CrossValidation = new() { Folds = 2 } }).Fit(train, validation))
            .Message.ShouldContain("cross-validation evaluates on its folds");
    }

    [SkippableFact]
    public void A_canceled_token_cancels_Fit()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Should.Throw<OperationCanceledException>(() => Fit(Options with { CancellationToken = cancellation.Token }));
        Should.Throw<OperationCanceledException>(() => _context.Transforms.ImageFeatures(new ImageFeaturesOptions
        {
            OutputColumnName = "Features",
            InputColumnName = "Image",
            Backbone = Backbone.Compact,
            KeepBottlenecks = false,
            CancellationToken = cancellation.Token,
        }).Fit(Insects.Paths(_context, each: 2)));
    }

    [SkippableFact]
    public void Rows_of_one_sampling_key_stay_on_one_side()
    {
        // One group per class and half: with groups of six photos, each side has whole groups.
        GroupedRow[] rows = [.. Insects.Files(12).Select((f, i) => new GroupedRow { Image = f.Path, Label = f.Label, Visit = i / 6 })];
        IDataView data = Insects.Keyed(_context, _context.Data.LoadFromEnumerable(rows));

        using TransferLearningTransformer transformer = _context.MulticlassClassification.Trainers
            .TransferLearning(Options with { SamplingKeyColumnName = "Visit" }).Fit(data);

        int validation = int.Parse(transformer.Model.Origin.Facts["validationImages"], System.Globalization.CultureInfo.InvariantCulture);
        (validation % 6).ShouldBe(0);
    }

    [SkippableFact]
    public void Images_in_memory_go_to_the_folder_for_temporary_files_which_is_left_empty()
    {
        string folder = _folder.At("temporary");
        var context = new MLContext { TempFilePath = folder };

        using TransferLearningTransformer transformer =
            context.MulticlassClassification.Trainers.TransferLearning(Options).Fit(Insects.Encoded(context));

        Directory.Exists(folder).ShouldBeTrue();
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_folder_for_temporary_files_that_cannot_be_used_is_named()
    {
        string blocked = _folder.At("blocked");
        File.WriteAllText(blocked, "");
        var context = new MLContext { TempFilePath = Path.Combine(blocked, "temporary") };

        Should.Throw<TransferLearningException>(() =>
            context.MulticlassClassification.Trainers.TransferLearning(Options).Fit(Insects.Encoded(context)))
            .Message.ShouldContain("set MLContext.TempFilePath");
    }

    [SkippableFact]
    public void Images_that_are_left_out_are_logged_as_warnings()
    {
        List<string> warnings = [];
        _context.Log += (_, e) => warnings.AddRange(e.Kind == ChannelMessageKind.Warning ? [e.Message] : []);
        IEnumerable<(string Path, string Label)> files = Insects.Files(8).Append((_folder.At("missing.jpg"), "bees"));
        IDataView data = Insects.Keyed(
            _context, _context.Data.LoadFromEnumerable(files.Select(f => new Insects.PathRow { Image = f.Path, Label = f.Label })));

        using TransferLearningTransformer transformer = _context.MulticlassClassification.Trainers.TransferLearning(Options).Fit(data);

        warnings.ShouldContain(w => w.Contains("missing.jpg was left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_options_are_reported_together() =>
        Should.Throw<InvalidOptionsException>(() => _context.MulticlassClassification.Trainers.TransferLearning(
            new TransferLearningOptions
            {
                ImageColumnName = " ",
                FineTuning = new FineTuningOptions(),
                CrossValidation = new CrossValidationOptions(),
                ValidationFraction = 0.3,
            })).Problems.Count.ShouldBe(3);

    private static TransferLearningOptions Options => new() { Backbone = Backbone.Compact, KeepBottlenecks = false };

    private static byte[] Probabilities(MLContext context, TransferLearningOptions options)
    {
        using TransferLearningTransformer transformer = context.MulticlassClassification.Trainers
            .TransferLearning(options).Fit(Insects.Paths(context, each: 20));
        return [.. transformer.Model.Predict(Insects.Files(1)[0].Path).Probabilities.ToArray().SelectMany(BitConverter.GetBytes)];
    }

    private TransferLearningTransformer Fit(TransferLearningOptions options) =>
        _context.MulticlassClassification.Trainers.TransferLearning(options).Fit(Insects.Paths(_context, each: 12));

    private sealed class GroupedRow
    {
        public string Image { get; set; } = "";

        public string? Label { get; set; }

        public int Visit { get; set; }
    }
}
