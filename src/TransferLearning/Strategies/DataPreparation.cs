using TransferLearning.BackboneChecks;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;
using TransferLearning.Strategies.Augmentation;
using TransferLearning.Strategies.NearCopies;

namespace TransferLearning.Strategies;

/// <summary>
/// Turns data sets into bottlenecks, divided into a training and a validation part. A class that loses all its training images on the way
/// is an error. Serves one run.
/// </summary>
/// <param name="settings">The pipeline's settings.</param>
/// <param name="backbone">The network that computes the bottlenecks.</param>
/// <param name="progress">Receives the progress; null for no progress.</param>
/// <param name="cancellationToken">Ends the work.</param>
/// <param name="reading">Reads images for a network that is not trained yet; null to compute bottlenecks.</param>
internal sealed class DataPreparation(
    TransferSettings settings,
    Backbone backbone,
    IProgress<TransferProgress>? progress,
    CancellationToken cancellationToken,
    IExtractor? reading = null)
{
    private readonly CopyTracking? _copies = settings.NearCopies switch
    {
        NearCopyHandling.KeepTogether => new CopyTracking(settings.ThreadCount, cancellationToken),
        NearCopyHandling.Ignore => null,
        _ => throw new NotSupportedException($"the handling {settings.NearCopies} of near-copies is not supported"),
    };

    private BottleneckExtractor? _extractor;
    private Extraction? _validation;
    private ExtractionSummary _extracted = ExtractionSummary.None;

    /// <summary>The backbone; after the first extraction, with the normalization that was decided on its images.</summary>
    public Backbone Backbone => _extractor?.Backbone ?? backbone;

    /// <summary>The summary of all extractions so far.</summary>
    public ExtractionSummary Summary => _copies?.AddTo(_extracted) ?? _extracted;

    /// <summary>
    /// Extracts and divides a data set. The validation part is the validation data set of the settings, which is extracted once per run;
    /// without one, the fraction of the settings; without that, the data set's own validation part or the default fraction. Both parts have
    /// the classes that the training part has images of.
    /// </summary>
    /// <param name="data">The labeled images.</param>
    /// <param name="known">Classes that come first, even those that the data has no images of; null for none.</param>
    /// <param name="earlier">Another data set of the same run: images that it has too stay on the sides that they have there, where the
    /// fraction divides the data. Null for none.</param>
    /// <exception cref="TransferLearningException">A class has no usable training image, or nothing is left for validation.</exception>
    public PreparedData Prepare(ImageDataset data, IReadOnlyList<string>? known = null, PreparedData? earlier = null)
    {
        Extraction? given =
            settings.ValidationData is null ? null : _validation ??= Extract(settings.ValidationData.Open(settings.Formats));
        bool own = given is null && settings.ValidationFraction is null && data.OwnSplit is not null;
        Extraction extraction = Extract(own ? WithoutTest(data) : data);
        DatasetSplit? split = given is not null ? null : own
            ? extraction.Images.OwnSplit ?? throw Empty(data)
            : extraction.Images.Split(
                settings.ValidationFraction ?? TransferSettings.DefaultValidationFraction,
                settings.Seed,
                earlier is null ? [] : [(earlier.TrainImages, false), (earlier.ValidationImages, true)]);

        int[] trainRows = split is null ? [.. Enumerable.Range(0, extraction.Images.Count)] : split.TrainIndices.ToArray();
        string[] found = DataClasses.Of(extraction.Images.Select(trainRows));
        string[] classes = known is null ? found : [.. known, .. found.Except(known, StringComparer.Ordinal)];
        RequireAll(DataClasses.Of(data), classes, data);
        LabeledBottlenecks all = Label(extraction, classes);
        LabeledBottlenecks validation = given is null ? all.Select(split!.ValidationIndices) : Label(given, classes);
        ImageDataset trainImages = extraction.Images.Select(trainRows);
        _copies?.Assign(given?.Images ?? split!.Validation, 1);
        if (validation.Count == 0)
        {
            throw Empty(data);
        }

        (int[] viewed, TrainingViews? views) = ExtractViews(trainImages);
        LabeledBottlenecks train = all.Select(trainRows);
        if (viewed.Length < trainImages.Count)
        {
            (trainImages, train) = (trainImages.Select(viewed), train.Select(viewed));
            RequireAll(found, DataClasses.Of(trainImages), data);
        }

        return new PreparedData(
            new LabeledSplit(data.Name, train, validation) { TrainGroups = Groups(trainImages), Views = views },
            trainImages,
            given?.Images ?? split!.Validation);
    }

    /// <summary>
    /// Extracts a data set for a strategy that divides it by itself: all of it but the test images that the data set itself sets aside.
    /// </summary>
    /// <exception cref="TransferLearningException">A class has no usable image.</exception>
    public PreparedWhole PrepareWhole(ImageDataset data)
    {
        Extraction extraction = Extract(data.OwnSplit is null ? data : WithoutTest(data));
        (int[] viewed, TrainingViews? views) = ExtractViews(extraction.Images);
        extraction = viewed.Length < extraction.Images.Count ? extraction.Select(viewed) : extraction;
        string[] classes = DataClasses.Of(extraction.Images);
        RequireAll(DataClasses.Of(data), classes, data);
        return new PreparedWhole(extraction.Images.WithLabels(classes), Label(extraction, classes), views);
    }

    /// <summary>Runs the labeled images of a data set through the backbone.</summary>
    public Extraction Extract(ImageDataset data) => ExtractAll(Labeled(data));

    /// <summary>Runs the images of a data set through the backbone, labeled or not.</summary>
    public Extraction ExtractAll(ImageDataset data)
    {
        IExtractor extractor = reading ?? (_extractor ??= Extractor(data));
        Extraction extraction = extractor.Extract(data, ProgressOf(data.Name), cancellationToken);
        _extracted = _extracted.Add(extraction.Summary);
        return _copies?.Mark(extraction) ?? extraction;
    }

    /// <summary>Runs further views of images through the backbone, as many as the settings say.</summary>
    /// <param name="images">Images that were extracted, all of which are learned from.</param>
    /// <returns>The images that have views: all but those that cannot be read any more. Null where the settings ask for no
    /// views.</returns>
    public (int[] Rows, TrainingViews? Views) ExtractViews(ImageDataset images)
    {
        if (settings.Augmentation is not { } augmentation)
        {
            return ([.. Enumerable.Range(0, images.Count)], null);
        }

        _extractor ??= Extractor(images);
        ViewExtraction extraction = _extractor.ExtractViews(
            images, augmentation.Policy, augmentation.Views, ProgressOf(images.Name), cancellationToken);
        _extracted = _extracted.Add(extraction.Summary);
        return (extraction.Rows, new TrainingViews(extraction.Views));
    }

    /// <summary>Receives the progress of an extraction of a data set, as that of the run; null where nobody listens.</summary>
    public RelayedProgress<ExtractionProgress>? ProgressOf(string name) => progress is null ? null : new(p => progress.Report(
        new TransferProgress
        {
            Stage = reading is null ? TransferStage.Extracting : TransferStage.Reading,
            Data = name,
            Done = p.Done,
            Total = p.Total,
            Extraction = p,
        }));

    private BottleneckExtractor Extractor(ImageDataset data)
    {
        var decision = NormalizationDecision.Of(backbone, data, settings.Cache, settings.Extraction, cancellationToken);
        _extracted = _extracted.Warn(decision.Notes);
        return new BottleneckExtractor(decision.Backbone, settings.Cache, settings.Extraction);
    }

    private static LabeledBottlenecks Label(Extraction extraction, string[] classes)
    {
        ImageDataset images = extraction.Images.WithLabels(classes);
        int unlearned = images.LabelIndices.IndexOf(-1);
        if (unlearned >= 0)
        {
            throw new TransferLearningException(
                $"the validation image '{images.Images[unlearned].Path}' is of class '{images.Images[unlearned].Label}', "
                + $"which no training image has; the classes are: {string.Join(", ", classes)}");
        }

        return new LabeledBottlenecks(extraction.Bottlenecks, images.LabelIndices.ToArray(), classes);
    }

    /// <summary>[images]: equal for images that must stay together; empty if none must.</summary>
    private static int[] Groups(ImageDataset images)
    {
        int[] groups = images.InseparableGroups();
        return groups.Length == 0 || groups.Max() == groups.Length - 1 ? [] : groups;
    }

    private static ImageDataset WithoutTest(ImageDataset data)
    {
        DatasetSplit split = data.OwnSplit!;
        return data.Select([.. split.TrainIndices, .. split.ValidationIndices]);
    }

    private static TransferLearningException Empty(ImageDataset data) => new(
        $"'{data.Name}' has no image left for validation: "
        + "give more images per class, a larger validation fraction, or a validation data set");

    private ImageDataset Labeled(ImageDataset all)
    {
        ImageDataset data = all.WithoutUnlabeledParts();
        if (data.IsLabeled)
        {
            return data;
        }

        ILookup<bool, int> byLabeled = Enumerable.Range(0, data.Count).ToLookup(i => data.LabelIndices[i] >= 0);
        _extracted = _extracted.Skip(byLabeled[false].Select(i => new SkippedImage(
            data.Images[i].Path, "it has no label: expected a folder named after its class, or a label in the manifest")));
        return data.Select([.. byLabeled[true]]);
    }

    private void RequireAll(string[] before, string[] after, ImageDataset data)
    {
        string[] lost = [.. before.Except(after, StringComparer.Ordinal)];
        if (lost.Length == 0)
        {
            return;
        }

        HashSet<string> paths = [.. data.Images.Where(i => lost.Contains(i.Label, StringComparer.Ordinal)).Select(i => i.Path)];
        IEnumerable<string> reasons = _extracted.Skipped
            .Where(s => paths.Contains(s.Path)).Take(5).Select(s => $"{Environment.NewLine}- {s.Path}: {s.Reason}");
        throw new TransferLearningException(
            $"'{data.Name}' has no usable training image of {(lost.Length == 1 ? "class" : "the classes")} "
            + $"{string.Join(", ", lost.Select(l => $"'{l}'"))}: repair or add images, or remove the class{string.Concat(reasons)}");
    }
}
