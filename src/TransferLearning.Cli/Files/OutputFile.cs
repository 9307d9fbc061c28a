using TransferLearning.Cli.Hosting;
using TransferLearning.Runtime.Files;

namespace TransferLearning.Cli.Files;

/// <summary>
/// A file that a command writes. Its path is checked before the long work; the file is moved into place only when it is complete, so a
/// failure leaves the old file, or none.
/// </summary>
internal sealed class OutputFile
{
    /// <summary>The path that stands for the standard output.</summary>
    public const string StandardOutput = "-";

    private OutputFile(string path, string fullPath)
    {
        (Path, FullPath) = (path, fullPath);
        // /dev/stdout and the like are written in place: a file moved over them would replace them.
        IsDevice = path == StandardOutput || (!OperatingSystem.IsWindows()
            && (fullPath.StartsWith("/dev/", StringComparison.Ordinal) || fullPath.StartsWith("/proc/", StringComparison.Ordinal)));
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    public string FullPath { get; }

    /// <summary>Whether it is written in place, like /dev/stdout and the standard output.</summary>
    public bool IsDevice { get; }

    /// <summary>Checks that a file can be written at a path; an error names the option that gave the path.</summary>
    /// <exception cref="CommandException">The path is a folder, its folder is missing, or writing there is not permitted.</exception>
    public static OutputFile At(string path, string option)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new CommandException($"{option} expects the path of a file, not an empty text");
        }

        if (path == StandardOutput)
        {
            return new OutputFile(path, path);
        }

        var file = new OutputFile(path, System.IO.Path.GetFullPath(path));
        if (Directory.Exists(file.FullPath))
        {
            throw new CommandException(
                $"{option} '{path}' is a folder: give the path of a file, such as '{System.IO.Path.Combine(path, "NAME")}'");
        }

        string folder = System.IO.Path.GetDirectoryName(file.FullPath)!;
        if (!Directory.Exists(folder))
        {
            throw new CommandException($"{option} '{path}': the folder '{folder}' does not exist: create it, or choose another");
        }

        file.CheckPermission(option, folder);
        return file;
    }

    /// <summary>Writes the file: the callback writes its content to a stream.</summary>
    public void Write(Action<Stream> write)
    {
        if (IsDevice)
        {
            WriteInPlace(write);
            return;
        }

        try
        {
            WholeFile.Write(FullPath, write);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"'{Path}' could not be written: {Failure.Describe(exception)}", exception);
        }
    }

    public void WriteLines(IEnumerable<string> lines) => Write(stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (string line in lines)
        {
            writer.WriteLine(line);
        }
    });

    private void WriteInPlace(Action<Stream> write)
    {
        try
        {
            using Stream device = Path == StandardOutput
                ? Console.OpenStandardOutput()
                : new FileStream(FullPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"'{Path}' could not be written: {Failure.Describe(exception)}", exception);
        }
    }

    private void CheckPermission(string option, string folder)
    {
        if (IsDevice)
        {
            return;
        }

        try
        {
            WholeFile.CheckFolder(FullPath);
            if (File.Exists(FullPath) && (File.GetAttributes(FullPath) & FileAttributes.ReadOnly) != 0)
            {
                throw new CommandException($"{option} '{Path}' is read-only: choose another file, or make it writable");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                $"{option} '{Path}': nothing can be written into '{folder}': {Failure.Describe(exception)}", exception);
        }
    }
}
