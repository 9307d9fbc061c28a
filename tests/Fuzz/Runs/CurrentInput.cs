using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace TransferLearning.Fuzz.Runs;

/// <summary>
/// Keeps the input that runs in a file that outlives the process, should it crash, and ends the process where an input runs without end.
/// </summary>
internal sealed class CurrentInput : IDisposable
{
    private const int MaxLength = 1 << 21;
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(2);

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Timer _watch;
    private long _started = Stopwatch.GetTimestamp();

    /// <param name="path">The file: the length of the input in 4 bytes, then the input. Deleted at the end.</param>
    public CurrentInput(string path)
    {
        _path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, MaxLength);
        _view = _file.CreateViewAccessor();
        _watch = new Timer(_ => EndIfStuck(), null, MaxDuration, TimeSpan.FromSeconds(10));
    }

    public void Set(byte[] input)
    {
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        _view.Write(0, input.Length);
        _view.WriteArray(sizeof(int), input, 0, Math.Min(input.Length, MaxLength - sizeof(int)));
    }

    public void Dispose()
    {
        _watch.Dispose();
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private void EndIfStuck()
    {
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) > MaxDuration)
        {
            Console.Error.WriteLine($"FAULT: an input runs for more than {MaxDuration.TotalMinutes:0} minutes; it is in {_path}");
            _view.Flush();
            Environment.Exit(1);
        }
    }
}
