namespace TransferLearning.Samples;

/// <summary>The folder with one folder per class, into which images are sorted.</summary>
internal sealed class SortedFolder
{
    /// <summary>Where images go that are probably of none of the classes.</summary>
    public const string Unknown = "_unknown";

    /// <summary>Where files go that are not images, or damaged.</summary>
    public const string Unreadable = "_unreadable";

    private readonly string _directory;

    /// <exception cref="TransferLearningException">The name of a class cannot be the name of a folder.</exception>
    public SortedFolder(string directory, IEnumerable<string> labels)
    {
        // Labels come from the model file: they must not lead out of the directory.
        string? unusable = labels.FirstOrDefault(
            label => label is "" or "." or ".." || label.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0);
        if (unusable is not null)
        {
            throw new TransferLearningException($"the class '{unusable}' cannot be the name of a folder: rename it and train again");
        }

        _directory = directory;
    }

    /// <summary>Moves a file, under another name where the folder has one of its name already.</summary>
    public void Move(string path, string folder)
    {
        string target = Path.Combine(_directory, folder);
        Directory.CreateDirectory(target);
        string name = Path.GetFileName(path);
        if (File.Exists(Path.Combine(target, name)))
        {
            name = $"{Path.GetFileNameWithoutExtension(name)}-{Guid.NewGuid():N}{Path.GetExtension(name)}";
        }

        File.Move(path, Path.Combine(target, name));
    }
}
