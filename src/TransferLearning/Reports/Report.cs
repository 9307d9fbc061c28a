using System.Text;
using TransferLearning.Reports.Sections;

namespace TransferLearning.Reports;

/// <summary>
/// What came out of a piece of transfer learning, for people: one HTML file with figures in plain words, charts, confusion, calibration,
/// the worst mistakes as thumbnails, where the network looked, what is odd about the data, and the cost. The file needs nothing beside
/// it, runs no script, is readable on a phone, and follows the reader's light or dark theme. Immutable.
/// </summary>
/// <remarks>
/// Saving reads the images again, and runs the model on a few of them: the images must still be where they were, and the model must not
/// have been disposed of. Images that are gone are marked as missing.
/// </remarks>
/// <example><code>Report.Of(TransferPipeline.FineTune("photos/").Fit()).Save("report.html");</code></example>
public sealed partial class Report
{
    private readonly ReportPage _page;
    private readonly int _threads;

    private Report(ReportPage page, int threads = 0) => (_page, _threads) = (page, threads);

    /// <summary>Writes the report. The file appears under its name only when it is complete.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="progress">Told how far it is, from the writing thread; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="TransferLearningException">The file cannot be written: no such folder, no permission, disk full.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled; no file is left.</exception>
    public void Save(string path, IProgress<ReportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // In the same folder, for a rename within a file system cannot stop halfway.
        string fullPath = Path.GetFullPath(path), temporary = $"{fullPath}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Save(file, progress, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, fullPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the report cannot be saved as '{path}': {e.Message}", e);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Writes the report to a stream, in UTF-8.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="progress">Told how far it is, from the writing thread; null for nobody.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The work was canceled.</exception>
    public void Save(Stream stream, IProgress<ReportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        int threads = _threads > 0 ? _threads : Environment.ProcessorCount;
        _page.Write(writer, new ReportRun(threads, TimeProvider.System, cancellationToken), progress);
    }

    /// <summary>Writes the report on other threads than the caller's.</summary>
    /// <inheritdoc cref="Save(string, IProgress{ReportProgress}?, CancellationToken)"/>
    public Task SaveAsync(string path, IProgress<ReportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Save(path, progress, cancellationToken), cancellationToken);

    /// <summary>The same report, written on some threads; 0 for one a processor.</summary>
    internal Report With(int threads) => new(_page, threads);

    private static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder is gone or locked: the failure that is on its way says so.
        }
    }
}
