using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TransferLearning.Data.Images;

namespace TransferLearning.Data.Splits;

/// <summary>
/// Splits images by their content, not by their positions in a list. Every image gets a number in [0, 1) from the SHA-256 of its content
/// (or of its group) and the seed; those below the fraction are the validation part. So an image stays on its side when others are added or
/// removed, and equal images are on the same side. A class that this rule leaves without an image on one side gets the image nearest to
/// the border; that one may change back when images of the class are added.
/// </summary>
internal static class StratifiedSplit
{
    /// <summary>[n]: true for an image of the validation part.</summary>
    /// <param name="labelIndices">[n]: the classes; -1 for none.</param>
    /// <param name="keys">[n]: the hashes of the contents.</param>
    /// <param name="groups">[n]: the groups; null for an image in none.</param>
    /// <param name="fraction">The share of the validation part, 0..1 exclusive.</param>
    /// <param name="seed">Another seed gives another split.</param>
    public static bool[] Assign(
        ReadOnlySpan<int> labelIndices, IReadOnlyList<ContentKey> keys, IReadOnlyList<string?> groups, double fraction, int seed)
    {
        ContentKey[] units = [.. keys.Select((key, i) => groups[i] is { } group ? ContentKey.Of(Encoding.UTF8.GetBytes(group)) : key)];
        var positions = new Dictionary<ContentKey, double>();
        foreach (ContentKey unit in units)
        {
            positions.TryAdd(unit, Position(unit, seed));
        }

        var isValidation = positions.ToDictionary(p => p.Key, p => p.Value < fraction);
        IEnumerable<(int Label, ContentKey Unit)> labeled = labelIndices.ToArray().Zip(units).Where(m => m.First >= 0);
        foreach (IGrouping<int, ContentKey> members in labeled.GroupBy(m => m.Label, m => m.Unit))
        {
            ContentKey[] distinct = [.. members.Distinct().OrderBy(m => positions[m])];
            if (distinct.Length < 2)
            {
                continue;
            }

            if (!distinct.Any(m => isValidation[m]))
            {
                isValidation[distinct[0]] = true;
            }
            else if (distinct.All(m => isValidation[m]))
            {
                isValidation[distinct[^1]] = false;
            }
        }

        return [.. units.Select(unit => isValidation[unit])];
    }

    /// <summary>A number in [0, 1), uniform over contents and over seeds.</summary>
    private static double Position(ContentKey key, int seed)
    {
        Span<byte> mixed = stackalloc byte[ContentKey.Size + sizeof(int)];
        key.Write(mixed);
        BinaryPrimitives.WriteInt32LittleEndian(mixed[ContentKey.Size..], seed);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(mixed, hash);
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }
}
