using TransferLearning.Backbones.Catalog;
using TransferLearning.Files;

namespace TransferLearning.Backbones;

/// <summary>Where the files of a <see cref="BackboneCatalog"/> are kept and come from. Every setting has a default. Immutable.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed record CatalogOptions
{
    /// <summary>
    /// The folder in which fetched networks are kept. Default: null, for the environment variable <c>TRANSFER_BACKBONES</c>; where that is
    /// not set, <see cref="BackboneCatalog.DefaultFolder"/>.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// A mirror that has the files, each as <c>NAME.onnx</c>: a folder, or an address that starts with <c>http://</c> or <c>https://</c>.
    /// Default: null, for the address of each network in the catalog.
    /// </summary>
    public string? From { get; init; }

    /// <summary>
    /// A JSON file with more networks, or with other facts of known ones. Default: null, for the file that the environment variable
    /// <c>TRANSFER_CATALOG</c> names; where that is not set, none.
    /// </summary>
    public string? CatalogFile { get; init; }

    /// <summary>
    /// Lets <see cref="Backbone.FromCatalog"/> fetch a network whose file is missing. Default: false, so that nothing uses the network
    /// connection without being asked to.
    /// </summary>
    public bool AllowFetch { get; init; }

    /// <summary>The time without new bytes after which an attempt counts as failed, above 0, at most a day. Default: 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The number of attempts in succession without a new byte after which a fetch fails, 1 to 100. Each attempt continues where the
    /// previous one stopped. Default: 5.
    /// </summary>
    public int Attempts { get; init; } = 5;

    /// <summary>
    /// The handler that sends the requests, for example with credentials of a mirror; it is not disposed of. Default: null, for .NET's own,
    /// which uses the proxy that the system or <c>HTTPS_PROXY</c> names.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The pause before the second attempt; each further pause is twice as long.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The free bytes of the disk with a folder; null where they are not known.</summary>
    internal Func<string, long?> FreeSpace { get; init; } = DiskSpace.Free;

    internal IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Folder is { Length: 0 })
        {
            problems.Add("Folder is empty: it must be a path, or null");
        }

        if (From is { Length: 0 })
        {
            problems.Add("From is empty: it must be a folder, an address, or null");
        }

        if (CatalogFile is { Length: 0 })
        {
            problems.Add("CatalogFile is empty: it must be a path, or null");
        }

        if (!(Patience > TimeSpan.Zero && Patience <= TimeSpan.FromDays(1)))
        {
            problems.Add($"Patience is {Patience}: it must be above 0 and at most a day");
        }

        if (Attempts is < 1 or > 100)
        {
            problems.Add($"Attempts is {Attempts}: it must be in 1..100");
        }

        return problems;
    }
}
