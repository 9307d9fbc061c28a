namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    /// <summary>
    /// A network of the <see cref="BackboneCatalog"/>, whose file <see cref="BackboneCatalog.FetchAsync"/> or the command
    /// <c>transfer backbones fetch NAME</c> has fetched. Its length and SHA-256 are compared with the catalog's.
    /// </summary>
    /// <param name="name">The network's name in the catalog, such as <c>resnet50-v1-12</c>.</param>
    /// <param name="options">
    /// Where files are kept, and whether a missing one may be fetched; null for the defaults. By default, the network connection is not
    /// used.
    /// </param>
    /// <remarks>Reads all weights into memory; where fetching is allowed, blocks until the file is there.</remarks>
    /// <example><code>
    /// var options = new CatalogOptions { Folder = "networks", From = "/media/mirror" };
    /// Backbone backbone = Backbone.FromCatalog("mobilenetv2-12", options);
    /// </code></example>
    /// <exception cref="InvalidOptionsException">An option cannot be used.</exception>
    /// <exception cref="TransferLearningException">
    /// The catalog has no network of that name, its file is missing, damaged or another one, or it cannot be fetched.
    /// </exception>
    public static Backbone FromCatalog(string name, CatalogOptions? options = null) =>
        FromEntry(name, options ?? new CatalogOptions(), new BackboneOptions());

    /// <summary>As the public method, with what is to replace the catalog's preprocessing and features.</summary>
    internal static Backbone FromEntry(string name, CatalogOptions options, BackboneOptions backboneOptions)
    {
        var catalog = BackboneCatalog.Open(options);
        CatalogEntry entry = catalog.Find(name);
        if (options.AllowFetch && !File.Exists(catalog.PathOf(name)))
        {
            // On the thread pool, as a synchronization context of the caller would wait for itself.
            Task.Run(() => catalog.FetchAsync(name)).GetAwaiter().GetResult();
        }

        string path = catalog.FetchedPath(entry);
        return catalog.Recognize(path)?.Sha256 == entry.Sha256
            ? Read(path, backboneOptions, entry)
            : throw new TransferLearningException(
                $"the file '{path}' is not the network {entry.Name} of the catalog: its length or SHA-256 is another. It is damaged, or "
                + $"was replaced: run 'transfer backbones fetch {entry.Name}', which replaces it");
    }
}
