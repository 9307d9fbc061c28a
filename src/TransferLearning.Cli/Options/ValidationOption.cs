using System.CommandLine;
using System.Globalization;
using TransferLearning.Data;

namespace TransferLearning.Cli.Options;

/// <summary><c>--validation</c>: the share of the data, or the other data, that the result is evaluated on.</summary>
internal sealed class ValidationOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--validation",
        "What the result is evaluated on, which chooses nothing: a share of each class, other data, or a folder in DATA. Default: the "
            + "data's own split, else 0.2.",
        "0.2-or-DATA");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The folder of the data itself that the option names; null where it names a share, other data, or nothing.</summary>
    public string? ReadPart(ParseResult parsed) => parsed.GetValue(_option) is { } text && !IsNumber(text, out _) && !Path.Exists(text)
        ? text : null;

    /// <summary>A function that applies the option to a pipeline; without the option it returns the pipeline unchanged.</summary>
    public Func<TransferPipeline<T>, TransferPipeline<T>> Read<T>(ParseResult parsed, OpenedData opened, Problems problems)
    {
        if (parsed.GetValue(_option) is not { } text || ReadPart(parsed) is not null)
        {
            return pipeline => pipeline;
        }

        if (IsNumber(text, out double share))
        {
            if (share is not (> 0 and < 1))
            {
                problems.Add($"{_option.Name} expects a share between 0 and 1, both exclusive, or the path of a data set, not '{text}'");
            }

            return pipeline => pipeline.WithValidation(share);
        }

        ImageDataset? data = opened.OpenOther(text, problems);
        return data is null ? pipeline => pipeline : pipeline => pipeline.WithValidation(data);
    }

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
