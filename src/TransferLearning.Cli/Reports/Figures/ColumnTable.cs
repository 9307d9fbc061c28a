using Spectre.Console;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Reports.Figures;

/// <summary>Prints rows of several columns: a table on a terminal, tab-separated lines elsewhere.</summary>
internal static class ColumnTable
{
    /// <param name="host">Where to print.</param>
    /// <param name="columns">The heading of each column.</param>
    /// <param name="rows">One text per column.</param>
    public static void Write(CommandHost host, string[] columns, string[][] rows)
    {
        if (!host.OutputIsTerminal)
        {
            host.Output.WriteLine(string.Join('\t', columns));
            foreach (string[] row in rows)
            {
                host.Output.WriteLine(string.Join('\t', row));
            }

            return;
        }

        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string column in columns)
        {
            table.AddColumn(column);
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        CommandHost.CreateConsole(host.Output).Write(table);
    }
}
