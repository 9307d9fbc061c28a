using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

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

    public static Option<double?> Fraction(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "0..1",
        CustomParser = result => TryFraction(result.Tokens[0].Value, out double value)
            ? value
            : Refuse<double?>(result, $"{name} expects a number from 0 to 1, such as 0.9, not '{result.Tokens[0].Value}'"),
    };

    public static bool TryFraction(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 1;

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
