using System.Globalization;
using System.Text.Json;
using TransferLearning.Cli.Hosting;
using TransferLearning.Cli.Reports;
using TransferLearning.Cli.Reports.Export;
using TransferLearning.Files;
using TransferLearning.Models;
using TransferLearning.Models.Descriptions;

namespace TransferLearning.Cli.Export;

/// <summary>Writes a model with what other programs need to use it: labels, preprocessing, and programs in C# and Python.</summary>
internal static class ModelExport
{
    private static string Version => LibraryVersion.Text;

    /// <param name="model">The model, read from a file.</param>
    /// <param name="folder">A new folder.</param>
    /// <exception cref="CommandException">A label has more than one line, which a file of one label per line cannot hold.</exception>
    public static void Write(ModelDescription model, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "csharp"));
        Directory.CreateDirectory(Path.Combine(folder, "python"));
        File.Copy(model.File!.Path, Path.Combine(folder, "model.onnx"));
        WriteText("labels.txt", Labels(model.Labels));
        WriteText(ExportFolder.PreprocessingName, Preprocessing(model));
        WriteText("README.md", ReadMe(model));
        WriteText("csharp/Predict.csproj", ExportTemplate.Read("Predict.csproj.txt"));
        WriteText("csharp/Program.cs", ExportTemplate.Read("Program.cs.txt"));
        WriteText("python/predict.py", ExportTemplate.Read("predict.py.txt"));
        WriteText("python/requirements.txt", ExportTemplate.Read("requirements.txt"));

        void WriteText(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
    }

    private static string Labels(IReadOnlyList<string> labels) =>
        labels.FirstOrDefault(l => l.AsSpan().IndexOfAny('\n', '\r') >= 0) is { } broken
            ? throw new CommandException(
                $"the label '{broken.ReplaceLineEndings("\\n")}' has a line break, and labels.txt has one label per line: rename the "
                + "class, and train again")
            : string.Concat(labels.Select(l => l + "\n"));

    private static string Preprocessing(ModelDescription model) => JsonSerializer.Serialize(
        ExportedPreprocessing.Of(model, $"TransferLearning {Version}"), ReportJson.Default.ExportedPreprocessing) + "\n";

    private static string ReadMe(ModelDescription model) => ExportTemplate.Read(
        "README.md",
        ("name", Path.GetFileNameWithoutExtension(model.File!.Path)),
        ("classes", model.Labels.Count.ToString(CultureInfo.InvariantCulture)),
        ("version", Version),
        ("input", model.InputName),
        ("height", model.Preprocessing.Height.ToString(CultureInfo.InvariantCulture)),
        ("width", model.Preprocessing.Width.ToString(CultureInfo.InvariantCulture)));
}
