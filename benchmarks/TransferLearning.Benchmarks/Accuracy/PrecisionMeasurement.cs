using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Strategies;

namespace TransferLearning.Benchmarks.Accuracy;

/// <summary>Measures how much accuracy smaller weights cost on the shared sets: the table of reports/precision.md.</summary>
internal static class PrecisionMeasurement
{
    private static readonly WeightPrecision[] Precisions = [WeightPrecision.Float16, WeightPrecision.Bfloat16, WeightPrecision.Int8];

    public static int Run(string[] networks, TextWriter output)
    {
        using var cache = new TemporaryFolder();
        foreach (string name in networks.Length > 0 ? networks : SharedSets.NetworkNames)
        {
            Backbone backbone = SharedSets.Network(name);
            foreach (string set in SharedSets.SetNames)
            {
                ImageDataset data = SharedSets.Open(set);
                FineTuningResult result = TransferPipeline.FineTune(data).WithBackbone(backbone).WithBottleneckCache(cache.Path).Fit();
                using TransferModel model = result.Model;
                foreach (WeightPrecision precision in Precisions)
                {
                    PrecisionLoss loss = model.MeasurePrecision(precision, result.Validation.Images);
                    output.WriteLine(
                        FormattableString.Invariant($"| {name} | {set} | {precision} | {loss.Bytes / 1e6:F2} ")
                        + FormattableString.Invariant($"| {(double)loss.Bytes / loss.BytesBefore:P0} | {loss.Images} ")
                        + FormattableString.Invariant($"| {loss.AccuracyBefore:P2} | {loss.Accuracy:P2} ")
                        + FormattableString.Invariant($"| {loss.AccuracyLost * 100:F2} | {loss.Agreement:P2} |"));
                }
            }
        }

        return 0;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("precision-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
