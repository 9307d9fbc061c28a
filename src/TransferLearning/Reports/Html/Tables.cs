namespace TransferLearning.Reports.Html;

/// <summary>Writes tables with a caption that scroll sideways on a narrow screen.</summary>
internal static class Tables
{
    /// <summary>Starts a table with its caption and column heads; the first column holds the heads of the rows.</summary>
    public static HtmlWriter OpenTable(this HtmlWriter html, string caption, params string[] columns)
    {
        html.Open("div", ("class", "scroll"), ("role", "region"), ("aria-label", caption), ("tabindex", "0"));
        html.Open("table").Element("caption", caption).Open("thead").Open("tr");
        foreach (string column in columns)
        {
            html.Element("th", column, ("scope", "col"));
        }

        return html.Close().Close().Open("tbody");
    }

    public static HtmlWriter CloseTable(this HtmlWriter html) => html.Close().Close().Close().Line();

    /// <summary>A row of texts.</summary>
    public static HtmlWriter Row(this HtmlWriter html, string head, params string[] cells)
    {
        html.Open("tr").Element("th", head, ("scope", "row"));
        foreach (string cell in cells)
        {
            html.Element("td", cell);
        }

        return html.Close();
    }

    /// <summary>A cell with a text and, behind it, a bar for a share, 0..1.</summary>
    public static HtmlWriter ShareCell(this HtmlWriter html, double share, string text) =>
        html.Element("td", text, ("class", "bar"), ("style", $"--share:{Figure.Number(100 * share)}%"));
}
