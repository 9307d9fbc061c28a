using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Optimization;

/// <summary>Consecutive values of a parameter that are one item of an optimizer's work.</summary>
/// <param name="Offset">The offset in the memory of the parameter set.</param>
/// <param name="Length">The number of values.</param>
/// <param name="RateFactor">What the learning rate is multiplied by.</param>
/// <param name="Decays">Whether weight decay applies.</param>
internal readonly record struct ParameterRange(long Offset, int Length, float RateFactor, bool Decays)
{
    /// <summary>The values of a range: enough to be worth handing to a thread.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>Divides all parameters into ranges. Those with a factor of 0 are left out: they do not learn.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rateFactor">The factor of a parameter's learning rate.</param>
    public static ParameterRange[] Of(ParameterSet parameters, Func<Parameter, double> rateFactor)
    {
        var ranges = new List<ParameterRange>();
        foreach (Parameter parameter in parameters.Parameters)
        {
            float factor = (float)rateFactor(parameter);
            for (long start = 0; start < parameter.Length && factor != 0; start += MaxLength)
            {
                int length = (int)Math.Min(MaxLength, parameter.Length - start);
                ranges.Add(new ParameterRange(parameter.Offset + start, length, factor, parameter.Kind == ParameterKind.Weights));
            }
        }

        return [.. ranges];
    }
}
