using System.Globalization;
using TransferLearning.Cli.Files;

namespace TransferLearning.Cli.Reports.Predict;

/// <summary>Predictions as CSV: <c>path,label,probability</c>, then a pair of columns for each further label asked for, and
/// <c>unknown</c> (true or false) where the model detects images of none of its classes.</summary>
internal static class PredictionCsv
{
    public static IEnumerable<string> Lines(IReadOnlyList<PredictionReport> predictions, int top)
    {
        IEnumerable<string> further = Enumerable.Range(2, top - 1).Select(rank => $",label{rank},probability{rank}");
        bool hasUnknown = predictions.Any(p => p.Unknown is not null);
        yield return $"path,label,probability{string.Concat(further)}{(hasUnknown ? ",unknown" : "")}";
        foreach (PredictionReport prediction in predictions)
        {
            LabelReport first = new(prediction.Label, prediction.Probability);
            IEnumerable<string> cells = prediction.Top.Skip(1).Prepend(first).Select(l =>
                $",{CsvField.Quote(l.Label)},{l.Probability.ToString("0.000000", CultureInfo.InvariantCulture)}");
            string unknown = hasUnknown ? prediction.Unknown == true ? ",true" : ",false" : "";
            yield return $"{CsvField.Quote(prediction.Path)}{string.Concat(cells)}{unknown}";
        }
    }
}
