using TransferLearning.MLNet.Vision.Weights;

namespace TransferLearning.MLNet.Vision;

/// <summary>Options of <see cref="MLNetWeights.DownloadAsync"/>. Immutable.</summary>
public sealed record MLNetDownloadOptions
{
    /// <summary>The folder in which ML.NET's networks are published.</summary>
    public static Uri PublicLocation { get; } = new("https://aka.ms/mlnet-resources/meta/");

    /// <summary>The folder to download from, such as a mirror: a URL that ends in a slash. Default:
    /// <see cref="PublicLocation"/>.</summary>
    public Uri Location { get; init; } = PublicLocation;

    /// <summary>The folder to store in, created if missing; null for <see cref="MLNetWeights.DefaultDirectory"/>. Default: null.</summary>
    public string? Directory { get; init; }

    /// <summary>The SHA-256 that the file must have, 64 hexadecimal digits; null to accept any file the first time and require the same
    /// one from then on. Default: null.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The time without new bytes after which an attempt counts as failed, above 0, at most a day. Default: 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of attempts, 1 to 100; each continues where the previous one stopped. Default: 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The handler that sends the requests, such as one with a proxy; null for the system's. It is not disposed of. Default:
    /// null.</summary>
    public HttpMessageHandler? Handler { get; init; }

    internal IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (Location is not { IsAbsoluteUri: true } || Location.Scheme is not ("http" or "https") || !Location.AbsolutePath.EndsWith('/'))
        {
            problems.Add($"Location is '{Location}': it must be a URL, http or https, that ends in a slash");
        }

        if (Sha256 is not null && !FileHash.IsDigits(Sha256))
        {
            problems.Add($"Sha256 is '{Sha256}': it must be 64 hexadecimal digits, or null");
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
