using TransferLearning;
using TransferLearning.Strategies;
using TransferLearning.Verdicts;

namespace TransferLearning.Docs.Tests.Snippets.Reports;

internal static class JudgeAccuracy
{
    public static void Run()
    {
        // begin
        CrossValidationResult result = TransferPipeline.CrossValidate("photos/").Fit();
        Verdict verdict = Verdict.Of(result);
        Console.WriteLine($"{verdict.Quality}: {verdict.Accuracy:P1}; always {verdict.MajorityClass} gets {verdict.MajorityShare:P1}");
        Console.WriteLine($"from {verdict.Interval.Lower:P1} to {verdict.Interval.Upper:P1} on other photos like these");
        Console.WriteLine($"calibration error {result.Calibration.ErrorAfter:P1}");
        // end
    }
}
