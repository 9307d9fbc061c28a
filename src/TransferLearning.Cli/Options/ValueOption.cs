using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TransferLearning.Cli.Options.Texts;

namespace TransferLearning.Cli.Options;

/// <summary>Options that take one value; an error says what was expected and what was given.</summary>
internal static class ValueOption
{
    public static Option<string?> Text(string name, string description, string valueName, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = valueName };

    public static Option<int?> WholeNumber(string name, string description, int minimum, int maximum = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                && value >= minimum && value <= maximum)
            {
                return value;
            }

            string range = maximum == int.MaxValue ? $"of at least {minimum}" : $"from {minimum} to {maximum}";
            return Refuse<int?>(result, $"{name} expects a whole number {range}, not '{text}'");
        },
    };

    /// <summary>An option that takes a number of bytes, as a whole number or with a unit: 500MB, 2GiB.</summary>
    public static Option<long?> Size(string name, string description, long maximum = long.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (SizeText.TryRead(text, out long bytes) && bytes >= 1 && bytes <= maximum)
            {
                return bytes;
            }

            string range = maximum == long.MaxValue ? "of at least 1" : $"from 1 to {maximum}";
            return Refuse<long?>(result, $"{name} expects a whole number {range}, in bytes, or a size such as 500MB or 2GiB, not '{text}'");
        },
    };

    public static Option<double?> Fraction(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "0..1",
        CustomParser = result => TryFraction(result.Tokens[0].Value, out double value)
            ? value
            : Refuse<double?>(result, $"{name} expects a number from 0 to 1, such as 0.9, not '{result.Tokens[0].Value}'"),
    };

    public static Option<double?> NumberFromZero(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0
                && double.IsFinite(value)
                ? value
                : Refuse<double?>(result, $"{name} expects a number of at least 0, such as 0.0001, not '{text}'");
        },
    };

    public static Option<double?> PositiveNumber(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0
                && double.IsFinite(value)
                ? value
                : Refuse<double?>(result, $"{name} expects a number above 0, such as 0.002, not '{text}'");
        },
    };

    public static bool TryFraction(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1;

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
