using System.CommandLine;
using System.Globalization;
using TransferLearning.Data;

namespace TransferLearning.Cli.Options;

/// <summary><c>--validation</c>: the share of the data, or the data, that judges the result.</summary>
internal sealed class ValidationOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--validation",
        "The share of each class that judges the result, or other data that does. Default: the data's own division, else 0.2.",
        "0.2-or-DATA");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>What the option asks for, as a change to a pipeline; nothing where it is not given.</summary>
    public Func<TransferPipeline<T>, TransferPipeline<T>> Read<T>(ParseResult parsed, Problems problems)
    {
        if (parsed.GetValue(_option) is not { } text)
        {
            return pipeline => pipeline;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double share))
        {
            if (share is not (> 0 and < 1))
            {
                problems.Add($"{_option.Name} expects a share between 0 and 1, both exclusive, or the path of a data set, not '{text}'");
            }

            return pipeline => pipeline.WithValidation(share);
        }

        ImageDataset? data = problems.Collect(() => ImageDataset.Open(text));
        return data is null ? pipeline => pipeline : pipeline => pipeline.WithValidation(data);
    }
}
