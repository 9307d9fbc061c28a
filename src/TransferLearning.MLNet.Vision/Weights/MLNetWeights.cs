using TransferLearning.Bottlenecks;
using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.MLNet.Vision.Weights;

namespace TransferLearning.MLNet.Vision;

/// <summary>The file of a pre-trained network that ML.NET's trainer reads (.meta), and the SHA-256 that it must have. Immutable.</summary>
public sealed class MLNetWeights
{
    private MLNetWeights(string path, string? sha256, bool isStored) => (Path, Sha256, IsStored) = (path, sha256, isStored);

    /// <summary>The folder for downloaded networks unless another is given: <c>transferlearning/mlnet</c> in the user's cache
    /// folder.</summary>
    public static string DefaultDirectory => System.IO.Path.Combine(BottleneckCache.DefaultDirectory, "mlnet");

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The SHA-256 that the file must have, in hexadecimal; null for any.</summary>
    public string? Sha256 { get; }

    /// <summary>True for a file that <see cref="DownloadAsync"/> stores.</summary>
    internal bool IsStored { get; }

    /// <summary>One of the user's files.</summary>
    /// <param name="path">The file (.meta). It is read when a pipeline is fitted.</param>
    /// <param name="sha256">The SHA-256 that the file must have, 64 hexadecimal digits; null for any.</param>
    /// <exception cref="ArgumentException">The hash does not have 64 hexadecimal digits.</exception>
    public static MLNetWeights FromFile(string path, string? sha256 = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileHash.CheckDigits(sha256);
        return new MLNetWeights(System.IO.Path.GetFullPath(path), sha256?.ToLowerInvariant(), isStored: false);
    }

    /// <summary>The file that <see cref="DownloadAsync"/> stores. When a pipeline is fitted, it must still be as downloaded.</summary>
    /// <param name="network">The network.</param>
    /// <param name="directory">The folder of downloaded networks; null for <see cref="DefaultDirectory"/>.</param>
    public static MLNetWeights Stored(MLNetNetwork network, string? directory = null)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetFullPath(directory ?? DefaultDirectory), NetworkFile.Of(network).Name);
        return new MLNetWeights(path, FileHash.ReadBeside(path), isStored: true);
    }

    /// <summary>
    /// Downloads a network, continuing an earlier attempt; does nothing where it is stored already. The file gets its name only when it is
    /// complete, is the network and has the hash. Its SHA-256 is kept beside it, and every later use compares it.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="options">The options of the download; null for the defaults.</param>
    /// <param name="progress">Receives the number of bytes as they arrive; may be null.</param>
    /// <param name="cancellationToken">Stops the download; the bytes so far are kept for the next attempt.</param>
    /// <exception cref="InvalidOptionsException">An option cannot be used.</exception>
    /// <exception cref="TransferLearningException">
    /// The server cannot be reached, the file is not the network or has another hash, or the file cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">The download was canceled.</exception>
    public static async Task<MLNetWeights> DownloadAsync(
        MLNetNetwork network,
        MLNetDownloadOptions? options = null,
        IProgress<MLNetDownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new MLNetDownloadOptions();
        InvalidOptionsException.ThrowIfAny(options.Validate());
        var file = NetworkFile.Of(network);
        string path = System.IO.Path.Combine(System.IO.Path.GetFullPath(options.Directory ?? DefaultDirectory), file.Name);
        await new WeightsDownload(file, path, options, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        return Stored(network, options.Directory);
    }
}
