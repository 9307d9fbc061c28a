namespace TransferLearning.Reports.Html;

/// <summary>Writes commands to type.</summary>
internal static class CommandLines
{
    /// <summary>A command. Lines end between its words only: browsers would also end them after the dashes of an option.</summary>
    public static HtmlWriter Command(this HtmlWriter html, string command)
    {
        html.Open("code");
        foreach ((int i, string word) in command.Split(' ').Index())
        {
            html.Text(i == 0 ? "" : " ").Element("span", word);
        }

        return html.Close();
    }
}
