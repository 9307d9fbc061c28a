using Microsoft.Win32.SafeHandles;
using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Data.Sources;

namespace TransferLearning.MLNet.Rows;

/// <summary>
/// Keeps the images of rows in a temporary file, because a strategy reads images in any order and ML.NET gives rows one after the other:
/// memory does not grow with the number of rows. The file is deleted on disposal. Adding is for one thread; reading is thread-safe.
/// </summary>
internal sealed class SpilledImages : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private long _length;

    /// <param name="folder">The folder of the temporary file; it is created where it does not exist.</param>
    /// <exception cref="TransferLearningException">The file cannot be created.</exception>
    public SpilledImages(string folder)
    {
        _path = Path.Combine(folder, $"transferlearning-{Guid.NewGuid():N}.rows");
        try
        {
            Directory.CreateDirectory(folder);
            _file = File.OpenHandle(
                _path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess | FileOptions.DeleteOnClose);
            if (!OperatingSystem.IsWindows())
            {
                // At once, so that a process that is killed leaves nothing. Windows closes and deletes it then.
                File.Delete(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
    }

    /// <summary>Writes the content of an image to the file; the result reads it from there.</summary>
    /// <exception cref="TransferLearningException">The file cannot be written.</exception>
    public LabeledImage Add(LabeledImage image)
    {
        byte[] content = image.ReadBytes();
        long offset = _length;
        try
        {
            RandomAccess.Write(_file, content, offset);
        }
        catch (IOException e)
        {
            throw Failure(e);
        }

        _length += content.Length;
        var reading = new ImageReading(image.Formats, image.Limits);
        return new LabeledImage(image.Path, image.Label, new Slice(_file, offset, content.Length), reading);
    }

    public void Dispose() => _file.Dispose();

    private TransferLearningException Failure(Exception cause) => new(
        $"the images of the rows cannot be kept in the temporary file '{_path}': {cause.Message}; set MLContext.TempFilePath to a folder "
        + "with enough space, or give the images as paths",
        cause);

    private sealed class Slice(SafeFileHandle file, long offset, int length) : ImageSource
    {
        public override long Length() => length;

        public override byte[] Read() => ReadStart(length);

        public override byte[] ReadStart(int count)
        {
            byte[] content = new byte[Math.Min(count, length)];
            for (int read = 0; read < content.Length;)
            {
                int now = RandomAccess.Read(file, content.AsSpan(read), offset + read);
                read += now > 0 ? now : throw new EndOfStreamException("the temporary file of the rows was cut short");
            }

            return content;
        }

        public override FileStamp? Stamp() => null;
    }
}
