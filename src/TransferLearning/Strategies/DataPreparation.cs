using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Data;
using TransferLearning.Heads;

namespace TransferLearning.Strategies;

/// <summary>
/// Takes data sets to bottlenecks in a training and a validation part, and sees to it that no class is lost on the way. Serves one run.
/// </summary>
internal sealed class DataPreparation(
    TransferSettings settings,
    Backbone backbone,
    ExtractionLog log,
    IProgress<TransferProgress>? progress,
    CancellationToken cancellationToken)
{
    private readonly BottleneckExtractor _extractor = new(
        backbone, settings.Cache, new ExtractionOptions { Threads = settings.Threads, Time = settings.TimeProvider });

    /// <summary>Extracts and divides a data set. Both parts have the classes that the training part has images of.</summary>
    /// <param name="data">The labeled images.</param>
    /// <param name="given">The images that judge; null where they come out of the data.</param>
    /// <param name="known">Classes that come first, whether the data has images of them or not; null for none.</param>
    public PreparedData Prepare(ImageDataset data, Extraction? given, IReadOnlyList<string>? known = null)
    {
        bool own = given is null && settings.ValidationFraction is null && data.OwnSplit is not null;
        Extraction extraction = Extract(own ? WithoutTest(data) : data);
        DatasetSplit? split = given is not null ? null : own
            ? extraction.Images.OwnSplit ?? throw Empty(data)
            : extraction.Images.Split(settings.ValidationFraction ?? TransferSettings.DefaultValidationFraction, settings.Seed);

        int[] trainRows = split is null ? [.. Enumerable.Range(0, extraction.Images.Count)] : split.TrainIndices.ToArray();
        string[] found = ClassesOf(extraction.Images.Select(trainRows));
        string[] classes = known is null ? found : [.. known, .. found.Except(known, StringComparer.Ordinal)];
        RequireAll(ClassesOf(data), classes, data);
        LabeledBottlenecks all = Label(extraction, classes);
        LabeledBottlenecks validation = given is null ? all.Select(split!.ValidationIndices) : Label(given, classes);
        return validation.Count == 0 ? throw Empty(data) : new PreparedData(
            new LabeledSplit(data.Name, all.Select(trainRows), validation),
            extraction.Images.Select(trainRows),
            given?.Images ?? split!.Validation);
    }

    /// <summary>
    /// Extracts a data set for a strategy that divides it by itself: all of it but the test images that the data set itself sets aside.
    /// </summary>
    /// <returns>The usable images, and a row for each of them.</returns>
    public (ImageDataset Images, LabeledBottlenecks Bottlenecks) PrepareWhole(ImageDataset data)
    {
        Extraction extraction = Extract(data.OwnSplit is null ? data : WithoutTest(data));
        string[] classes = ClassesOf(extraction.Images);
        RequireAll(ClassesOf(data), classes, data);
        return (extraction.Images.WithLabels(classes), Label(extraction, classes));
    }

    /// <summary>Runs the labeled images of a data set through the backbone.</summary>
    public Extraction Extract(ImageDataset data) => ExtractAll(Labeled(data));

    /// <summary>Runs the images of a data set through the backbone, labeled or not.</summary>
    public Extraction ExtractAll(ImageDataset data)
    {
        var relay = progress is null ? null : new RelayedProgress<ExtractionProgress>(p => progress.Report(
            new TransferProgress { Stage = TransferStage.Extracting, Data = data.Name, Done = p.Done, Total = p.Total, Extraction = p }));
        Extraction extraction = _extractor.Extract(data, relay, cancellationToken);
        log.Add(extraction);
        return extraction;
    }

    /// <summary>The classes that a data set has images of, in ordinal order.</summary>
    public static string[] ClassesOf(ImageDataset data) =>
        [.. data.Images.Select(i => i.Label).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    private static LabeledBottlenecks Label(Extraction extraction, string[] classes)
    {
        ImageDataset images = extraction.Images.WithLabels(classes);
        int unknown = images.LabelIndices.IndexOf(-1);
        if (unknown >= 0)
        {
            throw new TransferLearningException(
                $"the validation image '{images.Images[unknown].Path}' is of class '{images.Images[unknown].Label}', "
                + $"which no training image has; the classes are: {string.Join(", ", classes)}");
        }

        return new LabeledBottlenecks(extraction.Bottlenecks, images.LabelIndices.ToArray(), classes);
    }

    private static ImageDataset WithoutTest(ImageDataset data)
    {
        DatasetSplit split = data.OwnSplit!;
        return data.Select([.. split.TrainIndices, .. split.ValidationIndices]);
    }

    private static TransferLearningException Empty(ImageDataset data) => new(
        $"'{data.Name}' has no image left for validation: "
        + "give more images a class, a larger validation fraction, or a validation data set");

    private ImageDataset Labeled(ImageDataset data)
    {
        if (data.IsLabeled)
        {
            return data;
        }

        var labeled = new List<int>();
        for (int i = 0; i < data.Count; i++)
        {
            if (data.LabelIndices[i] >= 0)
            {
                labeled.Add(i);
            }
            else
            {
                log.Skip(data.Images[i].Path, "it has no label: expected a folder named after its class, or a label in the manifest");
            }
        }

        return data.Select([.. labeled]);
    }

    private void RequireAll(string[] before, string[] after, ImageDataset data)
    {
        string[] lost = [.. before.Except(after, StringComparer.Ordinal)];
        if (lost.Length == 0)
        {
            return;
        }

        HashSet<string> paths = [.. data.Images.Where(i => lost.Contains(i.Label, StringComparer.Ordinal)).Select(i => i.Path)];
        IEnumerable<string> reasons = log.Skipped
            .Where(s => paths.Contains(s.Path)).Take(5).Select(s => $"{Environment.NewLine}- {s.Path}: {s.Reason}");
        throw new TransferLearningException(
            $"'{data.Name}' has no usable training image of {(lost.Length == 1 ? "class" : "the classes")} "
            + $"{string.Join(", ", lost.Select(l => $"'{l}'"))}: mend or add images, or remove the class{string.Concat(reasons)}");
    }
}
