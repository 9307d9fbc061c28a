using Microsoft.Win32.SafeHandles;

namespace TransferLearning.Files;

/// <summary>
/// Appends to a large file that the disk writes meanwhile, so that little is left for the flush at the end. Not thread-safe.
/// </summary>
/// <param name="stream">The file, at its end.</param>
internal sealed class SteadyWriter(FileStream stream)
{
    // Enough for the disk to write in one go.
    private const int BlockBytes = 1 << 23;

    private readonly SafeFileHandle _file = stream.SafeFileHandle;
    private long _started = stream.Position;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);

        // Whole blocks only: a page that is written and then continued is written twice.
        long end = stream.Position - (stream.Position % BlockBytes);
        if (end > _started)
        {
            PageCache.StartWriting(_file, _started, end - _started);
            _started = end;
        }
    }
}
