using TransferLearning.Advice;

namespace TransferLearning.Cli.Reports.Advise;

/// <summary>How accuracy grows with the number of training images; the gain is in percentage points.</summary>
internal sealed record LearningCurveReport(IReadOnlyList<LearningCurvePointReport> Points, double GainFromTwiceTheImages)
{
    public static LearningCurveReport Of(LearningCurve curve) => new(
        [.. curve.Points.Select(p => new LearningCurvePointReport(p.TrainImages, p.Accuracy))], curve.GainFromTwiceTheImages);
}
