using System.Globalization;
using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Reports;

/// <summary>Predictions as CSV: <c>path,label,probability</c>, then a pair of columns for each further label asked for.</summary>
internal static class PredictionCsv
{
    public static IEnumerable<string> Lines(IEnumerable<PredictionReport> predictions, int top)
    {
        IEnumerable<string> further = Enumerable.Range(2, top - 1).Select(rank => $",label{rank},probability{rank}");
        yield return $"path,label,probability{string.Concat(further)}";
        foreach (PredictionReport prediction in predictions)
        {
            IEnumerable<string> cells = prediction.Top.Select(l =>
                $",{CsvField.Quote(l.Label)},{l.Probability.ToString("0.000000", CultureInfo.InvariantCulture)}");
            yield return $"{CsvField.Quote(prediction.Path)}{string.Concat(cells)}";
        }
    }
}
