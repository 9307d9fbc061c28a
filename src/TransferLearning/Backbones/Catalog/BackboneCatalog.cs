using System.Collections.Immutable;
using TransferLearning.Backbones.Catalog;
using TransferLearning.Errors;
using TransferLearning.Files;

namespace TransferLearning.Backbones;

/// <summary>
/// Networks that other projects publish: the address, hash, license and preprocessing of each. The files are not part of this library;
/// <see cref="FetchAsync"/> gets them, and nothing else in this library uses the network connection. Immutable.
/// </summary>
/// <remarks>Thread-safe, and several processes may use a folder at the same time.</remarks>
/// <example><code>
/// BackboneCatalog catalog = BackboneCatalog.Open();
/// string path = await catalog.FetchAsync("resnet50-v1-12");
/// Console.WriteLine($"{catalog.Find("resnet50-v1-12").License}: {path}");
/// FineTuningResult result = TransferPipeline.FineTune("photos/").WithBackbone(Backbone.FromCatalog("resnet50-v1-12")).Fit();
/// </code></example>
public sealed class BackboneCatalog
{
    internal const string FileVariable = "TRANSFER_CATALOG";

    internal const string FolderVariable = "TRANSFER_BACKBONES";

    private const string BuiltInName = "catalog.json";

    private readonly CatalogOptions _options;

    private BackboneCatalog(ImmutableArray<CatalogEntry> entries, CatalogOptions options)
    {
        (Entries, _options) = (entries, options);
        Folder = Path.GetFullPath(options.Folder ?? Variable(FolderVariable) ?? DefaultFolder);
    }

    /// <summary>
    /// The folder of fetched networks unless another is given: <c>transferlearning/backbones</c> in the user's cache folder.
    /// </summary>
    public static string DefaultFolder => Path.Combine(UserCacheFolder.Path, "backbones");

    /// <summary>The networks: those that the library knows, then those that only the user's file has.</summary>
    public ImmutableArray<CatalogEntry> Entries { get; }

    /// <summary>The full path of the folder in which fetched networks are kept. It is created by the first fetch.</summary>
    public string Folder { get; }

    /// <summary>Reads the catalog that comes with the library, and the user's file, whose entries replace those of the same name.</summary>
    /// <param name="options">Folder, mirror and file; null for the defaults.</param>
    /// <exception cref="InvalidOptionsException">An option cannot be used.</exception>
    /// <exception cref="TransferLearningException">
    /// The user's file cannot be read, or a field is missing, unknown or not valid; the message names it.
    /// </exception>
    public static BackboneCatalog Open(CatalogOptions? options = null)
    {
        options ??= new CatalogOptions();
        InvalidOptionsException.ThrowIfAny(options.Validate());
        ImmutableArray<CatalogEntry> entries = CatalogJson.Read(ReadBuiltIn(), BuiltInName);
        if ((options.CatalogFile ?? Variable(FileVariable)) is { } file)
        {
            ImmutableArray<CatalogEntry> own = CatalogJson.Read(ReadFile(file), file);
            entries =
            [
                .. entries.Select(e => own.FirstOrDefault(o => CatalogEntry.Names.Equals(o.Name, e.Name)) ?? e),
                .. own.Where(o => !entries.Any(e => CatalogEntry.Names.Equals(e.Name, o.Name))),
            ];
        }

        return new BackboneCatalog(entries, options);
    }

    /// <summary>The network with a name.</summary>
    /// <exception cref="TransferLearningException">The catalog has no network of that name; the message lists the names.</exception>
    public CatalogEntry Find(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return TryFind(name) ?? throw new TransferLearningException(
            $"the catalog has no network '{name}': expected {string.Join(", ", Entries.Select(e => e.Name))}. A JSON file that the "
            + $"environment variable {FileVariable} names can add others" + NearestName.Question(name, Entries.Select(e => e.Name)));
    }

    /// <summary>The full path of a network's file, whether it has been fetched or not.</summary>
    /// <exception cref="TransferLearningException">The catalog has no network of that name.</exception>
    public string PathOf(string name) => Path.Combine(Folder, Find(name).FileName);

    /// <summary>Whether a network's file is in the folder, with the right length; its hash is compared when it is loaded.</summary>
    /// <exception cref="TransferLearningException">The catalog has no network of that name.</exception>
    public bool IsFetched(string name) => new FileInfo(PathOf(name)) is { Exists: true } file && file.Length == Find(name).Bytes;

    /// <summary>
    /// Gets the file of a network, from its address or the mirror, continuing an earlier attempt; does nothing where the file is there and
    /// its hash is right. The file gets its name only when its length and SHA-256 are right.
    /// </summary>
    /// <param name="name">The network's name.</param>
    /// <param name="progress">Receives where the file comes from, and the number of bytes as they arrive; may be null.</param>
    /// <param name="cancellationToken">Stops the fetch; the bytes so far are kept for the next one.</param>
    /// <returns>The full path of the file.</returns>
    /// <exception cref="TransferLearningException">
    /// The catalog has no network of that name, the source cannot be reached or has another file, or the folder has no space or cannot be
    /// written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The fetch was canceled.</exception>
    public async Task<string> FetchAsync(
        string name, IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        string path = PathOf(name);
        await new CatalogFetch(Find(name), path, _options, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        return path;
    }

    internal CatalogEntry? TryFind(string name) => Entries.FirstOrDefault(e => CatalogEntry.Names.Equals(e.Name, name));

    /// <summary>The full path of a network's file, which must be there.</summary>
    /// <exception cref="TransferLearningException">The file is missing; the message says how to get it.</exception>
    internal string FetchedPath(CatalogEntry entry)
    {
        string path = PathOf(entry.Name);
        return File.Exists(path) ? path : throw new TransferLearningException(
            $"the network {entry} has not been fetched: run 'transfer backbones fetch {entry.Name}', or call "
            + $"BackboneCatalog.FetchAsync(\"{entry.Name}\"). It comes from '{SourceOf(entry)}', and is kept as '{path}'");
    }

    /// <summary>The network that a file is, by its content; null where it is none of the catalog's.</summary>
    /// <exception cref="TransferLearningException">The file cannot be read.</exception>
    internal CatalogEntry? Recognize(string path)
    {
        try
        {
            // Hashing takes about as long as reading the file: only where the length already agrees.
            long length = new FileInfo(path).Length;
            CatalogEntry[] candidates = [.. Entries.Where(e => e.Bytes == length)];
            return candidates.Length > 0 && FileHash.Of(path) is var sha256 ? candidates.FirstOrDefault(e => e.Sha256 == sha256) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the network '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Where the file of a network would be fetched from.</summary>
    internal string SourceOf(CatalogEntry entry) => CatalogSource.Of(entry, _options.From).ToString();

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static byte[] ReadBuiltIn()
    {
        using Stream stream = typeof(BackboneCatalog).Assembly.GetManifestResourceStream(BuiltInName)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException(
                $"the catalog '{path}' cannot be read: {e.Message.TrimEnd('.')}. It is named by an option or by the environment variable "
                + FileVariable,
                e);
        }
    }
}
