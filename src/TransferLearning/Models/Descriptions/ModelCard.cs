using System.Text;
using TransferLearning.Evaluation;
using TransferLearning.Files;
using TransferLearning.Imaging.Transforms;
using static System.FormattableString;

namespace TransferLearning.Models.Descriptions;

/// <summary>Writes the model card of a model.</summary>
internal static class ModelCard
{
    private const string NotRecorded = "not recorded";

    public static string Of(ModelDescription model)
    {
        var card = new StringBuilder();
        string name = model.File is { } file ? Path.GetFileName(file.Path) : "model.onnx";
        card.Append(Invariant($"# Model card: {Path.GetFileNameWithoutExtension(name)}\n\n"));
        card.Append(Invariant($"An image classifier of {model.Labels.Count} classes, made by transfer learning: one ONNX file.\n"));
        AddUse(card, model);
        AddData(card, model);
        AddFigures(card, model.Figures);
        AddModel(card, model);
        AddLoading(card, model, name);
        return card.ToString();
    }

    private static void AddUse(StringBuilder card, ModelDescription model)
    {
        Heading(card, "Intended use");
        card.Append(Invariant($"Telling which of these classes a photo shows: {Labels(model.Labels)}.\n"));
        Heading(card, "Limits");
        Item(card, "It gives one class per image. It finds no objects in an image, and does not count.");
        Item(card, "It was trained on images like those of its training data. On photos of other cameras, places or times, the accuracy "
            + "can be lower: evaluate it on such photos first (`transfer evaluate`).");
        Item(card, model.DetectsUnknown
            ? "An image of none of the classes is often, but not always, recognized as unknown; "
                + $"{Percent(model.Figures.FalseRejectRate)} of the images of the classes are expected to be rejected wrongly. "
                + "Other runtimes give the nearest class, without a sign."
            : "An image of none of the classes is given the nearest class, without a sign.");
        Item(card, "Do not let it decide alone where a wrong label harms somebody.");
    }

    private static void AddData(StringBuilder card, ModelDescription model)
    {
        ModelTraining training = model.Training;
        Heading(card, "Data and training");
        Table(
            card,
            ("Training images", Text(training.Images)),
            ("With predicted labels", training.PseudoLabeledImages is > 0 and { } predicted ? Text(predicted) : null),
            ("Hashes of training images in the file", model.TrainingHashes is { } hashes ? Text(hashes) : "none"),
            ("Strategy", training.Strategy ?? NotRecorded),
            ("Trainer", training.Trainer ?? NotRecorded),
            ("Epochs", training.Epochs is { } epochs ? Invariant($"{epochs}, the best is {Text(training.BestEpoch)}") : NotRecorded),
            ("Trained stages of the network", training.UnfrozenStages ?? "none: the head alone"),
            ("Augmentation", training.Augmentation ?? "none"),
            ("Seed", Text(training.Seed)));
        card.Append("\nWhere the images come from, who labeled them and what they may be used for, the file does not say: add it here.\n");
    }

    private static void AddFigures(StringBuilder card, ModelFigures figures)
    {
        Heading(card, "Figures");
        string how = figures.Folds is { } folds ? Invariant($"over {folds} folds") : "on validation images";
        Table(
            card,
            (Invariant($"Accuracy, {how}"), Percent(figures.Accuracy)),
            ("95 % interval", Interval(figures.AccuracyInterval)),
            ("Images", Text(figures.Images)),
            ("Expected calibration error", Share(figures.CalibrationError)));
        card.Append("\nThey are those of the training, on images of the same source as the training images.\n");
    }

    private static void AddModel(StringBuilder card, ModelDescription model)
    {
        ImagePreprocessing p = model.Preprocessing;
        PixelNormalization n = p.Normalization;
        Heading(card, "Model");
        Table(
            card,
            ("Network", model.Backbone ?? NotRecorded),
            ("Fingerprint of the network", model.BackboneFingerprint ?? NotRecorded),
            ("Features", model.Features is { } features ? Text(features) : "of the network's own classifier"),
            ("Weights", Invariant($"{model.Weights:#,0}, stored as {model.StoredAs?.ToString().ToLowerInvariant() ?? NotRecorded}")),
            ("License of the network's weights", model.WeightsLicense ?? NotRecorded),
            ("Input", Invariant($"`{model.InputName}`, [N, 3, {p.Height}, {p.Width}], {n.ChannelOrder.ToString().ToUpperInvariant()}")),
            ("Preprocessing", Invariant($"{p.Resize}, crop {p.CropFraction}, {p.Interpolation}, antialiased; ")
                + Invariant($"(value - mean) / scale of 0..255, mean {n.MeanR}, {n.MeanG}, {n.MeanB}, ")
                + Invariant($"scale {n.ScaleR}, {n.ScaleG}, {n.ScaleB}")),
            ("Output", Invariant($"`probabilities`, [N, {model.Labels.Count}], in the order of the labels")),
            ("File", model.File is { } file ? Invariant($"{file.Bytes:#,0} bytes, SHA-256 {file.Sha256}") : null),
            ("Format", Invariant($"ONNX, model version {model.FormatVersion}")),
            ("Made by", Invariant($"TransferLearning {model.LibraryVersion ?? NotRecorded}")),
            ("Made on", model.Created is { } created ? Invariant($"{created:yyyy-MM-dd}") : NotRecorded));
    }

    private static void AddLoading(StringBuilder card, ModelDescription model, string name)
    {
        Heading(card, "How to load it");
        card.Append("C#, package TransferLearning:\n\n```csharp\nusing TransferLearning.Models;\n\n")
            .Append(Invariant($"using TransferModel model = TransferModel.Load(\"{name}\");\n"))
            .Append("Prediction prediction = model.Predict(\"photo.jpg\");\n")
            .Append("Console.WriteLine($\"{prediction.Label}: {prediction.Probability:P1}\");\n```\n\n")
            .Append(Invariant($"Command line: `transfer predict {name} photo.jpg`.\n\n"))
            .Append("Anywhere else, with ONNX Runtime: the metadata of the file has the labels (`transferlearning.labels`) and the ")
            .Append("preprocessing (`transferlearning.preprocessing`). ")
            .Append(Invariant($"`transfer export {name} --to DIR` writes them as files, with working programs in C# and Python.\n"));
        if (model.Facts.Count == 0)
        {
            return;
        }

        Heading(card, "Facts in the file");
        Table(card, [.. model.Facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (f.Key, (string?)f.Value))]);
    }

    private static void Heading(StringBuilder card, string text) => card.Append(Invariant($"\n## {text}\n\n"));

    private static void Item(StringBuilder card, string text) => card.Append(Invariant($"- {text}\n"));

    /// <summary>A table; rows without a value are left out.</summary>
    private static void Table(StringBuilder card, params ReadOnlySpan<(string Name, string? Value)> rows)
    {
        card.Append("| | |\n| --- | --- |\n");
        foreach ((string name, string? value) in rows)
        {
            if (value is not null)
            {
                card.Append(Invariant($"| {Cell(name)} | {Cell(value)} |\n"));
            }
        }
    }

    // A label or name may hold what ends a cell or a line.
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string Labels(IReadOnlyList<string> labels) => string.Join(", ", labels.Select(l => l.ReplaceLineEndings(" ")));

    private static string Interval(ConfidenceInterval? interval) =>
        interval is null ? NotRecorded : $"{Percent(interval.Lower)} to {Percent(interval.Upper)}";

    private static string Percent(double? share) => share is { } value ? Invariant($"{100 * value:0.0} %") : NotRecorded;

    private static string Share(double? share) => share is { } value ? Invariant($"{value:0.000}") : NotRecorded;

    private static string Text(int? number) => number is { } value ? Invariant($"{value:#,0}") : NotRecorded;
}
