namespace TransferLearning.Verdicts.Commands;

/// <summary>An option of a command line. Immutable.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Scope">Which verbs take it.</param>
/// <param name="Values">Its values; the option is repeated for each. Empty for a switch.</param>
internal sealed record CommandOption(string Name, OptionScope Scope, params IReadOnlyList<string> Values)
{
    public IEnumerable<string> Words => Values.Count == 0 ? [Name] : Values.SelectMany(v => new[] { Name, v });
}
