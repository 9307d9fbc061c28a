using System.Globalization;

namespace TransferLearning.Models.Saving;

/// <summary>
/// When a model was made: the time that the environment variable SOURCE_DATE_EPOCH gives, so that models of the same data and seed are the
/// same bytes (https://reproducible-builds.org/specs/source-date-epoch); without it, the time of the clock.
/// </summary>
internal static class CreationDate
{
    public const string Variable = "SOURCE_DATE_EPOCH";

    /// <summary>The time for a model that is made now.</summary>
    /// <param name="time">The clock.</param>
    /// <exception cref="TransferLearningException">The variable is not a number of seconds.</exception>
    public static DateTimeOffset Of(TimeProvider time) => Of(Environment.GetEnvironmentVariable(Variable), time);

    /// <summary>The time that a value of the variable gives.</summary>
    /// <param name="value">Null or empty where the variable is not set.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="TransferLearningException">The value is not a number of seconds.</exception>
    public static DateTimeOffset Of(string? value, TimeProvider time)
    {
        if (string.IsNullOrEmpty(value))
        {
            return time.GetUtcNow();
        }

        bool isNumber = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds);
        return isNumber
            && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new TransferLearningException(
                $"the environment variable {Variable} is '{value}': expected the whole number of seconds since 1970 that models are to be "
                + "dated with, as 'date +%s' prints it; correct it, or unset it");
    }
}
