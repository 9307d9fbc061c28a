namespace TransferLearning.Backbones.Catalog;

/// <summary>Where the file of one network comes from: an address, or a file of this machine.</summary>
/// <param name="Address">The address; null for a file.</param>
/// <param name="File">The path of the file; null for an address.</param>
internal sealed record CatalogSource(Uri? Address, string? File)
{
    /// <summary>What to do where a source has not the file, with the names of the option.</summary>
    public const string OtherSource = "fetch it from a mirror or folder that has the file, with --from (CatalogOptions.From in code)";

    /// <summary>The source of a network.</summary>
    /// <param name="entry">The network.</param>
    /// <param name="from">The mirror: a folder or an address with the file; null for the network's own address.</param>
    /// <exception cref="TransferLearningException">The mirror is a folder that does not exist, or an address of another kind.</exception>
    public static CatalogSource Of(CatalogEntry entry, string? from)
    {
        if (from is null)
        {
            return Of(entry.Address);
        }

        if (from.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(from.EndsWith('/') ? from : $"{from}/", UriKind.Absolute, out Uri? mirror)
                && (mirror.Scheme is "http" or "https" || mirror.IsFile)
                ? Of(new Uri(mirror, entry.FileName))
                : throw new TransferLearningException(
                    $"the mirror '{from}' is not an address to fetch from: expected http://, https:// or the path of a folder");
        }

        return Directory.Exists(from)
            ? new CatalogSource(null, Path.GetFullPath(Path.Combine(from, entry.FileName)))
            : throw new TransferLearningException(
                $"the mirror '{from}' is not a folder that exists: give the folder with {entry.FileName}, or an address (https://...)");
    }

    public override string ToString() => Address?.AbsoluteUri ?? File!;

    private static CatalogSource Of(Uri address) =>
        address.IsFile ? new CatalogSource(null, address.LocalPath) : new CatalogSource(address, null);
}
