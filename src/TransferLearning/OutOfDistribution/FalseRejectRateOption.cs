namespace TransferLearning.OutOfDistribution;

/// <summary>The share of images of the classes that a detector of unknown images may reject: an option of several strategies.</summary>
internal static class FalseRejectRateOption
{
    public const double Default = 0.05;

    /// <param name="options">The name of the options that the rate is among.</param>
    /// <param name="rate">Null for no detector.</param>
    /// <param name="problems">Where to tell of a rate that makes no sense.</param>
    public static void Validate(string options, double? rate, List<string> problems)
    {
        if (rate is { } given && !(given is > 0 and <= 0.5))
        {
            problems.Add($"{options}.FalseRejectRate is {given}: it must be above 0 and at most 0.5, or null to tell no unknown images");
        }
    }
}
