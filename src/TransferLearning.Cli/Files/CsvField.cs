namespace TransferLearning.Cli.Files;

/// <summary>Fields of a CSV file (RFC 4180): quoted where they hold a comma, a quotation mark or a line break.</summary>
internal static class CsvField
{
    public static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
