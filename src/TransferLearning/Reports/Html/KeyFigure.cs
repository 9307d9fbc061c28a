namespace TransferLearning.Reports.Html;

/// <summary>A figure with what it means. Immutable.</summary>
/// <param name="Name">The field's term.</param>
/// <param name="Value">The figure, with its unit.</param>
/// <param name="Meaning">In plain words.</param>
internal sealed record KeyFigure(string Name, string Value, string Meaning);
