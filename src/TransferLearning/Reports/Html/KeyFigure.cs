namespace TransferLearning.Reports.Html;

/// <summary>A figure with its meaning. Immutable.</summary>
/// <param name="Name">The field's term.</param>
/// <param name="Value">The figure, with its unit.</param>
/// <param name="Meaning">The meaning, in plain words.</param>
internal sealed record KeyFigure(string Name, string Value, string Meaning);
