namespace TransferLearning.OutOfDistribution;

/// <summary>The share of images of the classes that an out-of-distribution detector may reject: an option of several strategies.</summary>
internal static class FalseRejectRateOption
{
    public const double Default = 0.05;

    /// <param name="options">The name of the options class that has the rate.</param>
    /// <param name="rate">Null for no detector.</param>
    /// <param name="problems">Receives a sentence if the rate is out of range.</param>
    public static void Validate(string options, double? rate, List<string> problems)
    {
        if (rate is { } given && !(given is > 0 and <= 0.5))
        {
            problems.Add(
                $"{options}.FalseRejectRate is {given}: it must be above 0 and at most 0.5, or null for no out-of-distribution detector");
        }
    }
}
