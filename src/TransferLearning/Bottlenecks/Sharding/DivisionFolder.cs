using System.Globalization;
using System.Text.Json;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>
/// The folder of one division: what was divided, the record files of all attempts at each shard, and the completion records. No process
/// changes a file of another one.
/// </summary>
internal sealed class DivisionFolder(string path)
{
    /// <summary>The folder's full path.</summary>
    public string Path => path;

    /// <summary>The path of the file that says what was divided.</summary>
    public string DivisionPath => System.IO.Path.Combine(path, PartFiles.DivisionName);

    /// <summary>The files of the folder that the library has written.</summary>
    public IReadOnlyList<string> Files
    {
        get
        {
            try
            {
                return [.. Directory.GetFiles(path).Where(PartFiles.IsOurs).Order(StringComparer.Ordinal)];
            }
            catch (DirectoryNotFoundException)
            {
                // Merged meanwhile.
                return [];
            }
        }
    }

    /// <summary>The folders of the divisions in the folder of a cache, in ordinal order.</summary>
    public static IReadOnlyList<DivisionFolder> AllIn(string cacheDirectory)
    {
        string parent = System.IO.Path.Combine(cacheDirectory, PartFiles.FolderName);
        return Directory.Exists(parent)
            ? [.. Directory.GetDirectories(parent).Order(StringComparer.Ordinal).Select(f => new DivisionFolder(f)).Where(f => f.HasFiles)]
            : [];
    }

    /// <summary>The record files of one kind, of all divisions in the folder of a cache.</summary>
    public static IReadOnlyList<string> PartsIn(string cacheDirectory, string extension) =>
        [.. AllIn(cacheDirectory).SelectMany(f => f.Parts(extension))];

    /// <summary>The record files of one kind, by the numbers of their shards.</summary>
    /// <param name="extension">One of <see cref="PartFiles.Extensions"/>.</param>
    public IReadOnlyList<string> Parts(string extension) =>
    [
        .. Files.Where(f => f.EndsWith(extension, StringComparison.Ordinal) && PartFiles.ShardOf(f) is not null)
            .OrderBy(f => PartFiles.ShardOf(f)!.Value),
    ];

    /// <summary>The record files of one kind and one shard.</summary>
    public IReadOnlyList<string> Parts(string extension, int shard) => [.. Parts(extension).Where(f => PartFiles.ShardOf(f) == shard)];

    /// <summary>Reads the completion records. One that is damaged is a problem: its shard counts as not complete.</summary>
    public (IReadOnlyList<ShardCompletion> Completions, IReadOnlyList<ShardProblem> Problems) ReadCompletions()
    {
        var completions = new List<ShardCompletion>();
        var problems = new List<ShardProblem>();
        foreach (string file in Files.Where(f =>
            f.EndsWith(PartFiles.RecordExtension, StringComparison.Ordinal) && PartFiles.ShardOf(f) is not null))
        {
            int shard = PartFiles.ShardOf(file)!.Value;
            try
            {
                var completion = ShardCompletion.Read(file);
                if (completion.Shard != shard)
                {
                    throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"it is that of shard {completion.Shard}"));
                }

                completions.Add(completion);
            }
            catch (JsonException e)
            {
                problems.Add(new ShardProblem(shard, $"'{file}' is damaged: {e.Message}"));
            }
        }

        return ([.. completions.OrderBy(c => c.Shard)], problems);
    }

    /// <summary>Deletes the files of the library, and the folder where nothing else is in it. Returns the number of bytes freed.</summary>
    public long Delete()
    {
        long freed = 0;

        // The division last: as long as it is there, the rest says what it is.
        foreach (string file in Files.OrderBy(f => f == DivisionPath))
        {
            freed += new FileInfo(file).Length;
            File.Delete(file);
        }

        DeleteIfEmpty(path);
        DeleteIfEmpty(System.IO.Path.GetDirectoryName(path)!);
        return freed;
    }

    private bool HasFiles => Files.Count > 0;

    private static void DeleteIfEmpty(string folder)
    {
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }
}
