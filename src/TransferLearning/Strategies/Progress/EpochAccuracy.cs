using TransferLearning.Heads;
using static System.FormattableString;

namespace TransferLearning.Strategies.Progress;

/// <summary>The accuracy of an epoch in words.</summary>
internal static class EpochAccuracy
{
    /// <summary>", held-out accuracy 0.912", or that on the validation images; empty where neither is known.</summary>
    public static string Describe(EpochProgress? epoch) => epoch switch
    {
        { HeldOutAccuracy: { } heldOut } => Invariant($", held-out accuracy {heldOut:0.000}"),
        { ValidationAccuracy: { } validation } => Invariant($", validation accuracy {validation:0.000}"),
        _ => "",
    };
}
