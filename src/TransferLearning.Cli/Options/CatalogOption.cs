using System.CommandLine;
using TransferLearning.Backbones;

namespace TransferLearning.Cli.Options;

/// <summary><c>--catalog</c>: a file with more networks.</summary>
internal sealed class CatalogOption
{
    private readonly Option<string?> _option = ValueOption.Text(
        "--catalog", "A JSON file with more networks. Default: the file that TRANSFER_CATALOG names, if set.", "FILE");

    public void AddTo(Command command) => command.Add(_option);

    /// <summary>The catalog with the option's file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="problems">Receives what is wrong with the file.</param>
    /// <param name="from">The mirror to fetch from; null for the address of each network.</param>
    public BackboneCatalog? Open(ParseResult parsed, Problems problems, string? from = null) =>
        problems.Collect(() => BackboneCatalog.Open(new CatalogOptions { CatalogFile = parsed.GetValue(_option), From = from }));
}
