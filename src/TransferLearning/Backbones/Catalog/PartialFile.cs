using System.Net.Http.Headers;
using System.Text;

namespace TransferLearning.Backbones.Catalog;

/// <summary>
/// The bytes of a file that have arrived so far, kept between attempts and processes, and the entity tag that the server gave for them.
/// Used by one fetch at a time, which holds the lock.
/// </summary>
/// <param name="path">The path of the finished file; the partial one is beside it.</param>
internal sealed class PartialFile(string path)
{
    private readonly string _tagFile = $"{path}.part.etag";

    public string Path { get; } = $"{path}.part";

    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    public void Delete()
    {
        File.Delete(Path);
        File.Delete(_tagFile);
    }

    /// <summary>Gives the file its final name, in one step.</summary>
    public void Publish()
    {
        File.Move(Path, path, overwrite: true);
        File.Delete(_tagFile);
    }

    /// <summary>Opens the file for writing after its first bytes; what follows them is cut off.</summary>
    public FileStream Open(long keep)
    {
        var stream = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        stream.SetLength(keep);
        stream.Position = keep;
        return stream;
    }

    /// <summary>The tag that an address had for the bytes; null where none is known.</summary>
    public EntityTagHeaderValue? Tag(Uri address) =>
        File.Exists(_tagFile) && File.ReadAllLines(_tagFile) is [var from, var tag] && from == address.AbsoluteUri
        && EntityTagHeaderValue.TryParse(tag, out EntityTagHeaderValue? parsed)
            ? parsed
            : null;

    /// <summary>Keeps the tag; a weak one does not promise equal bytes, and is not kept.</summary>
    public void Keep(Uri address, EntityTagHeaderValue? tag)
    {
        if (tag is { IsWeak: false })
        {
            File.WriteAllText(_tagFile, $"{address.AbsoluteUri}\n{tag}\n", Encoding.UTF8);
        }
        else
        {
            File.Delete(_tagFile);
        }
    }
}
