using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.Export;

/// <summary>
/// The folder that a model is exported to: a new one, an empty one, or one that holds an earlier export and nothing else. It appears, or
/// changes, only when all of its files are complete.
/// </summary>
internal sealed class ExportFolder
{
    /// <summary>All files of an export, with the folders in it.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "model.onnx", "labels.txt", PreprocessingName, "README.md", "csharp/Predict.csproj", "csharp/Program.cs", "python/predict.py",
        "python/requirements.txt",
    ];

    public const string PreprocessingName = "preprocessing.json";

    /// <summary>A text that only the <see cref="PreprocessingName"/> of an export has.</summary>
    public const string Mark = "\"exportedBy\": \"TransferLearning";

    // What building and running the programs leaves.
    private static readonly string[] BuildFolders = ["csharp/bin", "csharp/obj", "python/__pycache__"];

    private readonly string _path;

    private ExportFolder(string path) => _path = path;

    /// <exception cref="CommandException">The path is a file, or a folder with other files, or its parent does not exist.</exception>
    public static ExportFolder At(string path, string option)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new CommandException($"{option} expects the path of a folder, not an empty text");
        }

        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            throw new CommandException($"{option} '{path}' is a file: give the path of a new or empty folder");
        }

        if (Path.GetDirectoryName(full) is not { } parent)
        {
            throw new CommandException($"{option} '{path}' is a whole drive: give the path of a new folder on it");
        }

        if (!Directory.Exists(parent))
        {
            throw new CommandException($"{option} '{path}': the folder '{parent}' does not exist: create it, or choose another");
        }

        if (Directory.Exists(full) && Foreign(full) is { } foreign)
        {
            throw new CommandException(
                $"{option} '{path}' has other files than an earlier export, such as '{foreign}': give the path of a new or empty folder");
        }

        return new ExportFolder(full);
    }

    /// <summary>Writes all files into a folder beside, which then takes the place of this one.</summary>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    public void Write(Action<string> write)
    {
        string mark = Guid.NewGuid().ToString("N")[..16], fresh = $"{_path}.{mark}.tmp", old = $"{_path}.{mark}.old";
        try
        {
            Directory.CreateDirectory(fresh);
            write(fresh);
            if (Directory.Exists(_path))
            {
                Directory.Move(_path, old);
            }

            Directory.Move(fresh, _path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the export to '{_path}' could not be written: {Failure.Describe(e)}", e);
        }
        finally
        {
            if (Directory.Exists(old) && !Directory.Exists(_path))
            {
                Directory.Move(old, _path);
            }

            Remove(fresh);
            Remove(old);
        }
    }

    /// <summary>A file that no export has; null where there is none.</summary>
    private static string? Foreign(string folder)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
                .Where(f => !BuildFolders.Any(b => f.StartsWith($"{b}/", StringComparison.Ordinal))),
        ];
        if (files.Length == 0)
        {
            return null;
        }

        string preprocessing = Path.Combine(folder, PreprocessingName);
        bool isExport = File.Exists(preprocessing) && File.ReadAllText(preprocessing).Contains(Mark, StringComparison.Ordinal);
        return isExport ? files.FirstOrDefault(f => !Names.Contains(f)) : files[0];
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
