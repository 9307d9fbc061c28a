using System.Text;
using System.Text.Json;
using TransferLearning.Files;

namespace TransferLearning.Cli.History;

/// <summary>
/// The runs of the command: one line of JSON per run in <c>runs.jsonl</c> in the cache folder, the oldest first. Processes append one at a
/// time.
/// </summary>
/// <param name="folder">The cache folder.</param>
internal sealed class RunHistory(string folder)
{
    private const string FileName = "runs.jsonl";

    /// <summary>The file.</summary>
    public string FilePath { get; } = Path.Combine(folder, FileName);

    /// <summary>Appends a run; the folder is made where it is missing.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write it.</exception>
    public void Append(RunRecord run)
    {
        using IDisposable held = new SharedFile(FilePath).Lock();
        using var file = new FileStream(FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

        // A process that was killed while it wrote leaves a line without an end: that line is lost, and not the next one too.
        string separator = file.Length > 0 && LastByte(file) != '\n' ? "\n" : "";
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes($"{separator}{JsonSerializer.Serialize(run, RunJson.Default.RunRecord)}\n"));
    }

    /// <summary>All runs, the oldest first, and the number of lines that cannot be read.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public (IReadOnlyList<RunRecord> Runs, int Unreadable) Read()
    {
        if (!File.Exists(FilePath))
        {
            return ([], 0);
        }

        using var file = new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        List<RunRecord> runs = [];
        int unreadable = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            if (TryParse(line) is { } run)
            {
                runs.Add(run);
            }
            else
            {
                unreadable++;
            }
        }

        return (runs, unreadable);
    }

    private static int LastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte();
    }

    private static RunRecord? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RunJson.Default.RunRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
