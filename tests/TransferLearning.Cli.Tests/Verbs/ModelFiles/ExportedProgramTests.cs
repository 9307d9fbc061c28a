using System.Globalization;
using System.Text.Json;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;

namespace TransferLearning.Cli.Tests.Verbs.ModelFiles;

public sealed class ExportedProgramTests : IDisposable
{
    private const double Tolerance = 0.01;

    // Pillow rounds to whole pixel values after each of the two passes of a resize, and decodes JPEG with another rounding.
    private const double MeanPixelTolerance = 1;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task The_program_in_CSharp_gives_the_same_labels_and_probabilities()
    {
        string[] photos = await ExportAsync();

        string[] lines = await ExportedPrograms.RunAsync(
            _folder["export"], IsWithoutPackages, ["dotnet", "run", "--project", "csharp", "--", .. photos]);

        ShouldPredictAs(lines, photos);
    }

    [SkippableFact]
    public async Task The_program_in_Python_gives_the_same_labels_and_probabilities()
    {
        string[] photos = await ExportAsync();

        string[] lines = await ExportedPrograms.RunAsync(
            _folder["export"], IsWithoutModules, [PythonPath(), "python/predict.py", .. photos]);

        ShouldPredictAs(lines, photos);
    }

    // ONNX Runtime for Python is not everywhere where Pillow is: the tensor alone is compared there.
    [SkippableFact]
    public async Task The_program_in_Python_makes_the_same_tensor()
    {
        string[] photos = await ExportAsync();
        const string program = "import sys; sys.path.insert(0, 'python'); import predict\n"
            + "for path in sys.argv[1:]: print(' '.join(f'{v:.4f}' for v in predict.tensor(predict.read(path)).flatten()))";

        string[] lines = await ExportedPrograms.RunAsync(_folder["export"], IsWithoutModules, [PythonPath(), "-c", program, .. photos]);

        using var model = TransferModel.Load(_folder["export/model.onnx"]);
        ImagePreprocessing preprocessing = model.Preprocessing;
        int plane = preprocessing.Width * preprocessing.Height;
        for (int i = 0; i < photos.Length; i++)
        {
            float[] theirs = [.. lines[i].Split(' ').Select(v => float.Parse(v, CultureInfo.InvariantCulture))];
            float[] ours = new float[3 * plane];
            ImageToTensor.Convert(ImageFormats.BuiltIn.Decode(await File.ReadAllBytesAsync(photos[i])), preprocessing, ours);
            theirs.Length.ShouldBe(ours.Length);
            double difference = Enumerable.Range(0, ours.Length).Average(n => Math.Abs(theirs[(n % 3 * plane) + (n / 3)] - ours[n]));
            (difference * preprocessing.Normalization.ScaleG).ShouldBeLessThan(MeanPixelTolerance, photos[i]);
        }
    }

    private static string PythonPath() => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static bool IsWithoutPackages(string output) => output.Contains("NU1101", StringComparison.Ordinal)
        || output.Contains("NU1102", StringComparison.Ordinal) || output.Contains("NU1301", StringComparison.Ordinal);

    private static bool IsWithoutModules(string output) => output.Contains("ModuleNotFoundError", StringComparison.Ordinal);

    /// <summary>Trains on flowers, exports the model, and writes photos to predict.</summary>
    private async Task<string[]> ExportAsync()
    {
        string flowers = SharedFiles.Require("data", "flowers-small");
        (await CommandRun.WithAsync("fine-tune", flowers, "-o", _folder["flowers.onnx"], "--no-cache", "--quiet")).ShouldHaveEnded(0);
        (await CommandRun.WithAsync("export", _folder["flowers.onnx"], "--to", _folder["export"])).ShouldHaveEnded(0);
        string photo = Directory.EnumerateFiles(flowers, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        return AwkwardPhotos.Write(photo, _folder["photos"]);
    }

    private void ShouldPredictAs(string[] lines, string[] photos)
    {
        using var model = TransferModel.Load(_folder["flowers.onnx"]);
        lines.Length.ShouldBe(photos.Length);
        foreach ((string line, string photo) in lines.Zip(photos))
        {
            string[] cells = line.Split('\t');
            Prediction ours = model.Predict(photo);
            cells[0].ShouldBe(photo);
            cells[1].ShouldBe(ours.Label, photo);
            for (int c = 1; c < cells.Length; c += 2)
            {
                float probability = ours.Probabilities[model.Labels.ToList().IndexOf(cells[c])];
                double.Parse(cells[c + 1], CultureInfo.InvariantCulture).ShouldBe(probability, Tolerance, $"{photo}: {cells[c]}");
            }
        }
    }
}
