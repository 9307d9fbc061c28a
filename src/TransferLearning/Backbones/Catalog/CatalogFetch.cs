using TransferLearning.Files;

namespace TransferLearning.Backbones.Catalog;

/// <summary>
/// Fetches the file of one network. Bytes go into a partial file beside the final one; that gets its name only when its length and SHA-256
/// are right. A lock file lets one process at a time fetch a network; others wait for it, and find the file. Serves one run.
/// </summary>
internal sealed class CatalogFetch(CatalogEntry entry, string path, CatalogOptions options, IProgress<CatalogProgress>? progress)
{
    private const int LockedCheckMilliseconds = 100;

    // What the file system needs beside the bytes of the file.
    private const long SpareBytes = 1 << 20;

    private readonly PartialFile _part = new(path);
    private readonly CatalogSource _source = CatalogSource.Of(entry, options.From);

    private string Folder => Path.GetDirectoryName(path)!;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await IsRightAsync(path, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            Directory.CreateDirectory(Folder);
            using IDisposable held = await LockAsync(cancellationToken).ConfigureAwait(false);
            if (!await IsRightAsync(path, cancellationToken).ConfigureAwait(false))
            {
                await FetchAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException(
                $"'{entry.Name}' cannot be written into '{Folder}': {e.Message.TrimEnd('.')}. Free some space, change the permissions, or "
                + $"choose another folder with the environment variable {BackboneCatalog.FolderVariable}",
                e);
        }
    }

    private async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        bool isWaiting = false;
        while (true)
        {
            if (FileLock.TryTake($"{path}.lock", attempts: 1) is { } held)
            {
                return held;
            }

            if (!isWaiting)
            {
                Report(CatalogStage.Waiting, 0);
                isWaiting = true;
            }

            await Task.Delay(LockedCheckMilliseconds, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        bool continues = _source.Address is not null && _part.Length > 0;
        CheckSpace();
        await FillAsync(cancellationToken).ConfigureAwait(false);
        string? sha256 = await VerifyAsync(cancellationToken).ConfigureAwait(false);
        if (sha256 != entry.Sha256 && continues)
        {
            // The part that was kept may have been damaged, or of another version of the file.
            _part.Delete();
            await FillAsync(cancellationToken).ConfigureAwait(false);
            sha256 = await VerifyAsync(cancellationToken).ConfigureAwait(false);
        }

        if (sha256 != entry.Sha256)
        {
            _part.Delete();
            throw new TransferLearningException(
                $"the file from '{_source}' was deleted: its SHA-256 is {sha256}; the catalog says {entry.Sha256}, so it is damaged or "
                + $"another file. Try again, or {CatalogSource.OtherSource}");
        }

        _part.Publish();
    }

    private Task FillAsync(CancellationToken cancellationToken)
    {
        Report(CatalogStage.Fetching, _source.Address is null ? 0 : _part.Length);
        return _source.Address is { } address
            ? new HttpDownload(address, entry.Bytes, _part, options, b => Report(CatalogStage.Fetching, b)).RunAsync(cancellationToken)
            : FileCopy.RunAsync(_source.File!, entry.Bytes, _part, b => Report(CatalogStage.Fetching, b), cancellationToken);
    }

    private Task<string> VerifyAsync(CancellationToken cancellationToken)
    {
        Report(CatalogStage.Verifying, entry.Bytes);
        return FileHash.OfAsync(_part.Path, cancellationToken);
    }

    private async Task<bool> IsRightAsync(string file, CancellationToken cancellationToken) =>
        new FileInfo(file) is { Exists: true } info && info.Length == entry.Bytes
        && await FileHash.OfAsync(file, cancellationToken).ConfigureAwait(false) == entry.Sha256;

    private void CheckSpace()
    {
        long needed = Math.Max(0, entry.Bytes - _part.Length) + SpareBytes;
        if (options.FreeSpace(Folder) is { } free && free < needed)
        {
            throw new TransferLearningException(FormattableString.Invariant(
                $"'{entry.Name}' needs {needed / 1e6:0.0} MB in '{Folder}', where {free / 1e6:0.0} MB are free: free some space, or ")
                + $"choose another folder with the environment variable {BackboneCatalog.FolderVariable}");
        }
    }

    private void Report(CatalogStage stage, long bytes) =>
        progress?.Report(new CatalogProgress(entry.Name, stage, _source.ToString(), bytes, entry.Bytes));
}
