using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TransferLearning.Data;
using TransferLearning.Data.Images;

namespace TransferLearning.Bottlenecks.Sharding;

/// <summary>
/// The hash of the names of a data set's images in their order. Shards of different listings would miss images or compute some twice.
/// </summary>
internal static class ShardListing
{
    /// <summary>
    /// Hashes the names below the deepest folder that has all images, with '/' between folders: machines may have mounted the same data at
    /// different places.
    /// </summary>
    public static ContentKey Of(ImageDataset images)
    {
        int skipped = CommonFolder(images.Images);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        byte[] name = new byte[256];
        foreach (LabeledImage image in images.Images)
        {
            ReadOnlySpan<char> path = image.Path.AsSpan(skipped);
            int bytes = Encoding.UTF8.GetByteCount(path);
            if (bytes > name.Length)
            {
                name = new byte[2 * bytes];
            }

            Span<byte> written = name.AsSpan(0, Encoding.UTF8.GetBytes(path, name));
            if (Path.DirectorySeparatorChar != '/')
            {
                written.Replace((byte)Path.DirectorySeparatorChar, (byte)'/');
            }

            // The length before each name, so that names cannot run into each other.
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes);
            hash.AppendData(length);
            hash.AppendData(written);
        }

        return ContentKey.Read(hash.GetHashAndReset());
    }

    /// <summary>The length of the longest folder, with the separator after it, that all paths begin with.</summary>
    private static int CommonFolder(IReadOnlyList<LabeledImage> images)
    {
        if (images.Count == 0)
        {
            return 0;
        }

        ReadOnlySpan<char> common = images[0].Path;
        foreach (LabeledImage image in images)
        {
            common = common[..common.CommonPrefixLength(image.Path)];
        }

        return common.LastIndexOfAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) + 1;
    }
}
