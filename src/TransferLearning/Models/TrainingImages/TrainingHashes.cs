using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Data.Images;

namespace TransferLearning.Models.TrainingImages;

/// <summary>
/// The images that a model was trained on, each as the first 8 bytes of the SHA-256 of its file. Of more than <see cref="MaxCount"/>
/// images, it keeps the smallest hashes, which are a random sample. Immutable.
/// </summary>
/// <remarks>
/// In a model's metadata, a JSON object: <c>complete</c> (true where no hash was left out) and <c>hashes</c> (base64 of the hashes in
/// ascending order, 8 bytes each, most significant byte first).
/// </remarks>
internal sealed class TrainingHashes
{
    /// <summary>The key in a model's metadata.</summary>
    public const string MetadataKey = "transferlearning.trainingImages";

    /// <summary>The largest number of hashes that a model keeps; they take 1.1 MB in its file.</summary>
    public const int MaxCount = 100_000;

    private const int HashSize = sizeof(ulong);

    private readonly ImmutableArray<ulong> _sorted;

    private TrainingHashes(ImmutableArray<ulong> sorted, bool isComplete) => (_sorted, IsComplete) = (sorted, isComplete);

    /// <summary>The number of hashes.</summary>
    public int Count => _sorted.Length;

    /// <summary>True where there is a hash of every image; else only images up to the largest hash can be looked up.</summary>
    public bool IsComplete { get; }

    /// <summary>The hashes of images.</summary>
    /// <param name="keys">The images; copies count once.</param>
    /// <param name="maxCount">The largest number of hashes to keep, at least 1.</param>
    public static TrainingHashes Of(IEnumerable<ContentKey> keys, int maxCount = MaxCount) =>
        Smallest(keys.Select(HashOf), isComplete: true, maxCount);

    /// <summary>These images and others.</summary>
    /// <param name="other">Other images; copies count once.</param>
    /// <param name="maxCount">The largest number of hashes to keep, at least 1.</param>
    public TrainingHashes Union(TrainingHashes other, int maxCount = MaxCount)
    {
        // Beyond the smaller of both limits, hashes of one side are missing.
        IEnumerable<ulong> known = _sorted.Concat(other._sorted).Where(h => CanTell(h) && other.CanTell(h));
        return Smallest(known, IsComplete && other.IsComplete, maxCount);
    }

    /// <summary>Counts the images that are among these.</summary>
    public TrainingOverlap Find(IEnumerable<ContentKey> images)
    {
        int found = 0, compared = 0;
        foreach (ulong hash in images.Select(HashOf).Where(CanTell))
        {
            compared++;
            found += _sorted.BinarySearch(hash) >= 0 ? 1 : 0;
        }

        return new TrainingOverlap(found, compared);
    }

    public string Write()
    {
        byte[] bytes = new byte[_sorted.Length * HashSize];
        for (int i = 0; i < _sorted.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * HashSize), _sorted[i]);
        }

        return JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("complete", IsComplete);
            json.WriteBase64String("hashes", bytes);
            json.WriteEndObject();
        });
    }

    /// <exception cref="JsonException">The text is not what <see cref="Write"/> writes.</exception>
    public static TrainingHashes Read(string text) => JsonText.Read(text, root =>
    {
        byte[] bytes = root.GetProperty("hashes").GetBytesFromBase64();
        if (bytes.Length % HashSize != 0 || bytes.Length / HashSize > MaxCount)
        {
            throw new JsonException(
                $"'{MetadataKey}' has {bytes.Length} bytes: expected at most {MaxCount} hashes of {HashSize} bytes each");
        }

        ulong[] sorted = new ulong[bytes.Length / HashSize];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * HashSize));
            if (i > 0 && sorted[i] <= sorted[i - 1])
            {
                throw new JsonException($"'{MetadataKey}' is not in ascending order");
            }
        }

        return new TrainingHashes(ImmutableCollectionsMarshal.AsImmutableArray(sorted), root.GetProperty("complete").GetBoolean());
    });

    private static TrainingHashes Smallest(IEnumerable<ulong> hashes, bool isComplete, int maxCount)
    {
        ImmutableArray<ulong> sorted = [.. hashes.Distinct().Order()];
        return sorted.Length <= maxCount
            ? new TrainingHashes(sorted, isComplete)
            : new TrainingHashes(sorted[..maxCount], isComplete: false);
    }

    private static ulong HashOf(ContentKey key) => BinaryPrimitives.ReverseEndianness(key.Part0);

    /// <summary>Whether an image with this hash would be among these if the model had been trained on it.</summary>
    private bool CanTell(ulong hash) => IsComplete || (_sorted.Length > 0 && hash <= _sorted[^1]);
}
