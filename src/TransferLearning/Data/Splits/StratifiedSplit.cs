using System.Buffers.Binary;
using System.Security.Cryptography;
using TransferLearning.Data.Images;

namespace TransferLearning.Data.Splits;

/// <summary>
/// Splits images by their content, not by their positions in a list. The units, which are images or groups of inseparable images, are
/// ordered by a hash of their key and the seed. In this order, each unit goes to the validation part if that brings its classes nearer to
/// their shares. So single images are divided exactly, and an image stays on its side when others are added or removed, but for those near
/// the border. Each class with at least two units keeps at least one on each side, unless groups that span classes make this impossible:
/// then a class may lack validation images, but never training images.
/// </summary>
internal static class StratifiedSplit
{
    /// <summary>[n]: true for an image of the validation part.</summary>
    /// <param name="labels">[n]: the classes; images without a class (-1) are divided like those of one class.</param>
    /// <param name="groups">[n]: images with equal numbers stay on one side (<see cref="InseparableImages"/>).</param>
    /// <param name="keys">[n]: what each image is placed by. The smallest key of a group places the group, so it does not depend on
    /// other images.</param>
    /// <param name="fraction">The share of the validation part, 0..1 exclusive.</param>
    /// <param name="seed">Another seed gives another split.</param>
    /// <param name="sides">[n]: the side that an image has already: true for validation; null for none. Of a group with images of both
    /// sides, all are training images. Empty for none.</param>
    public static bool[] Assign(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<int> groups,
        IReadOnlyList<ContentKey> keys,
        double fraction,
        int seed,
        ReadOnlySpan<bool?> sides = default)
    {
        bool?[] sideOf = sides.IsEmpty ? new bool?[labels.Length] : sides.ToArray();
        int[] classOf = Array.ConvertAll(labels.ToArray(), l => l + 1), groupOf = groups.ToArray();
        SplitUnit[] units =
        [
            .. Enumerable.Range(0, groupOf.Length).GroupBy(i => groupOf[i])
                .Select(g => (Rows: g.ToArray(), Key: g.Select(i => keys[i]).Min()))
                .Select(u => new SplitUnit(u.Rows, Position(u.Key, seed), u.Key, SplitUnit.Count(u.Rows, classOf)))
                .OrderBy(u => u.Position).ThenBy(u => u.Key),
        ];
        var counts = new ValidationCounts(units, fraction);
        bool[] isValidation = new bool[groupOf.Length];
        ILookup<bool?, SplitUnit> bySide = units.ToLookup(u => u.SideOf(sideOf));
        foreach (SplitUnit unit in bySide[true])
        {
            Take(unit);
        }

        foreach (SplitUnit unit in bySide[null])
        {
            if (counts.LeavesTraining(unit) && counts.Gain(unit) > 0)
            {
                Take(unit);
            }
        }

        // A class whose share is below half an image, or whose groups are larger than its share.
        ILookup<int, SplitUnit> unitsOf = bySide[null]
            .SelectMany(u => u.Classes.Select(c => (c.Class, Unit: u)))
            .ToLookup(u => u.Class, u => u.Unit);
        // Sorted first: a unit that is taken for one class may give another its validation image.
        foreach (IGrouping<int, SplitUnit> ofClass in unitsOf.OrderBy(c => c.Key).Where(c => counts.HasNone(c.Key)))
        {
            if (ofClass.Where(counts.LeavesTraining).MaxBy(counts.Gain) is { } nearest)
            {
                Take(nearest);
            }
        }

        return isValidation;

        void Take(SplitUnit unit)
        {
            counts.Add(unit);
            foreach (int row in unit.Rows)
            {
                isValidation[row] = true;
            }
        }
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
