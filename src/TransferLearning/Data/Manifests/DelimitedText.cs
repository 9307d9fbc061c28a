using System.Text;

namespace TransferLearning.Data.Manifests;

/// <summary>
/// Reads CSV and TSV text (RFC 4180) into rows and cells. A cell in double quotes may hold delimiters, line ends and doubled quotes. Empty
/// lines are left out.
/// </summary>
internal static class DelimitedText
{
    /// <summary>The delimiter: tab for a .tsv; otherwise the first of comma, tab and semicolon that the first line contains.</summary>
    public static char FindDelimiter(string fileName, string text)
    {
        if (Path.GetExtension(fileName).Equals(".tsv", StringComparison.OrdinalIgnoreCase))
        {
            return '\t';
        }

        int end = text.AsSpan().IndexOfAny('\r', '\n');
        ReadOnlySpan<char> first = end < 0 ? text : text.AsSpan(0, end);
        return first.Contains(',') ? ',' : first.Contains('\t') ? '\t' : first.Contains(';') ? ';' : ',';
    }

    /// <summary>Each row with the number of its first line, from 1.</summary>
    /// <exception cref="FormatException">A quoted cell has no closing quote, or none that a delimiter or line end follows.</exception>
    public static IEnumerable<(int Line, string[] Cells)> Read(string text, char delimiter)
    {
        var cells = new List<string>();
        int at = 0;
        int line = 1;
        while (at < text.Length)
        {
            int first = line;
            cells.Clear();
            bool more = true;
            while (more)
            {
                cells.Add(ReadCell(text, delimiter, ref at, ref line));
                more = at < text.Length && text[at] == delimiter;
                if (more)
                {
                    at++;
                }
            }

            if (at < text.Length && text[at] == '\r')
            {
                at++;
            }

            if (at < text.Length && text[at] == '\n')
            {
                at++;
            }

            line++;
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                yield return (first, [.. cells]);
            }
        }
    }

    private static string ReadCell(string text, char delimiter, ref int at, ref int line)
    {
        if (at >= text.Length || text[at] != '"')
        {
            int start = at;
            while (at < text.Length && text[at] != delimiter && text[at] is not ('\r' or '\n'))
            {
                at++;
            }

            return text[start..at].Trim();
        }

        int opened = line;
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\n')
            {
                line++;
            }

            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                at++;
                return at == text.Length || text[at] == delimiter || text[at] is '\r' or '\n'
                    ? cell.ToString()
                    : throw new FormatException($"line {line}: expected a delimiter after the closing quote, not '{text[at]}'");
            }
        }

        throw new FormatException($"line {opened}: the quoted cell has no closing quote");
    }
}
