using TransferLearning.Fuzz.Structures;

namespace TransferLearning.Fuzz.Targets;

/// <summary>A target whose input must be a file: written anew for each input, in a temporary folder.</summary>
internal abstract class FileTarget(string name, IStructure structure) : FuzzTarget(name, structure), IDisposable
{
    private DirectoryInfo? _folder;

    protected string Folder => (_folder ??= Prepare()).FullName;

    public override void Run(byte[] input)
    {
        string path = Path.Combine(Folder, FileName(input));
        File.WriteAllBytes(path, input);
        try
        {
            Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose()
    {
        _folder?.Delete(recursive: true);
        _folder = null;
    }

    protected abstract string FileName(byte[] input);

    protected abstract void Read(string path);

    /// <summary>Puts what the input refers to into the folder.</summary>
    protected virtual void Fill(string folder)
    {
        // Most inputs are all in their file.
    }

    private DirectoryInfo Prepare()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("transferlearning-fuzz-");
        Fill(folder.FullName);
        return folder;
    }
}
