using System.Text;
using TransferLearning.Reports.Sections;
using TransferLearning.Runtime.Execution;
using TransferLearning.Runtime.Files;

namespace TransferLearning.Reports;

/// <summary>
/// A result for people to read: one HTML file with figures in plain words, charts, confusion, calibration, the worst mistakes as
/// thumbnails, where the network looked, what is odd about the data, and the cost. The file needs no other file, runs no script, is
/// readable on a phone, and follows the reader's light or dark theme. Immutable.
/// </summary>
/// <remarks>
/// Thread-safe; nothing to dispose of. It refers to the result's model without owning it. Making a report costs nothing; saving it reads
/// and decodes every image of the data, and runs the model about eighty times for each of a few images. The images must therefore still
/// be where they were (those that are gone are marked as missing), and the model must not be disposed of before.
/// </remarks>
/// <example><code>
/// FineTuningResult result = TransferPipeline.FineTune("photos/").Fit();
/// Report.Of(result).Save("report.html");
/// </code></example>
public sealed partial class Report
{
    private readonly ReportPage _page;
    private readonly int _threads;

    private Report(ReportPage page, int threads = 0) => (_page, _threads) = (page, threads);

    /// <summary>Writes the report to a file. Blocks. The file appears under its name only when it is complete.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="progress">Receives the progress, section by section, on the writing thread; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="TransferLearningException">The file cannot be written: no such folder, no permission, disk full.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled; no file is left.</exception>
    public void Save(string path, IProgress<ReportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        try
        {
            WholeFile.Write(path, file => Save(file, progress, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the report cannot be saved as '{path}': {e.Message}", e);
        }
    }

    /// <summary>Writes the report to a stream, in UTF-8. Blocks.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="progress">Receives the progress, section by section, on the writing thread; null for no progress.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public void Save(Stream stream, IProgress<ReportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        _page.Write(writer, new ReportRun(WorkerThreads.Count(_threads), TimeProvider.System, cancellationToken), progress);
    }

    /// <summary>
    /// Asynchronous counterpart of <see cref="Save(string, IProgress{ReportProgress}?, CancellationToken)"/>; runs on the thread pool.
    /// </summary>
    /// <inheritdoc cref="Save(string, IProgress{ReportProgress}?, CancellationToken)"/>
    public Task SaveAsync(string path, IProgress<ReportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Save(path, progress, cancellationToken), cancellationToken);

    /// <summary>The same report, to be written on a number of threads; 0 for one per processor.</summary>
    internal Report With(int threads) => new(_page, threads);
}
