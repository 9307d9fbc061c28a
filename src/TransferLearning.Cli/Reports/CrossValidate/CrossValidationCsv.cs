using System.Globalization;
using TransferLearning.Cli.Files;
using TransferLearning.Strategies;

namespace TransferLearning.Cli.Reports.CrossValidate;

/// <summary>The predictions and likely label errors of a cross-validation, as CSV.</summary>
internal static class CrossValidationCsv
{
    /// <summary>The columns <c>path,label,fold</c>, then one column per class with its probability.</summary>
    public static IEnumerable<string> OutOfFold(OutOfFoldPredictions predictions)
    {
        yield return $"path,label,fold{string.Concat(predictions.Images.Labels.Select(l => $",{CsvField.Quote(l)}"))}";
        for (int i = 0; i < predictions.Images.Count; i++)
        {
            string probabilities = string.Concat(predictions.Row(i).ToArray().Select(p => $",{Number(p)}"));
            yield return $"{Cells(predictions, i)},{predictions.Folds[i]}{probabilities}";
        }
    }

    /// <summary>The columns <c>path,label,suggested,probability</c>, the most certain errors first.</summary>
    public static IEnumerable<string> LabelErrors(OutOfFoldPredictions predictions) => predictions.LabelErrors
        .Select(e => $"{Cells(predictions, e.Position)},{CsvField.Quote(e.Suggested)},{Number(e.Probability)}")
        .Prepend("path,label,suggested,probability");

    private static string Cells(OutOfFoldPredictions predictions, int image) =>
        $"{CsvField.Quote(predictions.Images.Images[image].Path)},{CsvField.Quote(predictions.Images.Images[image].Label!)}";

    private static string Number(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);
}
