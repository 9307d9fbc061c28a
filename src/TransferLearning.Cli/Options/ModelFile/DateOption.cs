using System.CommandLine;

namespace TransferLearning.Cli.Options.ModelFile;

/// <summary><c>--no-date</c>: the model file does not say when it was made.</summary>
internal sealed class DateOption
{
    private readonly Option<bool> _option = new("--no-date")
    {
        Description = "Leave out of the model file when it was made: the same data and seed then give the same bytes. Or set "
            + "SOURCE_DATE_EPOCH.",
    };

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>Notes a problem where the option is given although no model is saved.</summary>
    public void Refuse(ParseResult parsed, Problems problems, string reason)
    {
        if (parsed.GetValue(_option))
        {
            problems.AddUseless(_option.Name, reason);
        }
    }

    /// <summary>Whether the model file says when it was made.</summary>
    public bool KeepsDate(ParseResult parsed) => !parsed.GetValue(_option);
}
