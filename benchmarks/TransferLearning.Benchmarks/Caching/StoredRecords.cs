using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Bottlenecks.Records;
using TransferLearning.Data.Images;

namespace TransferLearning.Benchmarks.Caching;

/// <summary>The records of all files of a cache, read byte by byte without the library's own index.</summary>
/// <param name="Payloads">The payloads by file name and key; of records with the same key, the last one.</param>
/// <param name="Repeated">The number of intact records whose key an earlier one of the file has.</param>
/// <param name="Damaged">The number of complete records whose checksum is wrong.</param>
internal sealed record StoredRecords(
    IReadOnlyDictionary<(string File, ContentKey Key), byte[]> Payloads, int Repeated, int Damaged)
{
    public static StoredRecords Read(string folder)
    {
        var payloads = new Dictionary<(string, ContentKey), byte[]>();
        int repeated = 0, damaged = 0;
        foreach ((string path, RecordFormat format) in new CacheFolder(folder).RecordFiles())
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int i = 0; i < format.RecordsIn(bytes.Length); i++)
            {
                ReadOnlySpan<byte> record = bytes.AsSpan((int)format.RecordAt(i), format.RecordSize);
                if (!RecordFormat.IsRecordIntact(record))
                {
                    damaged++;
                    continue;
                }

                (string, ContentKey) key = (Path.GetFileName(path), RecordFormat.KeyOf(record));
                repeated += payloads.ContainsKey(key) ? 1 : 0;
                payloads[key] = RecordFormat.Payload(record).ToArray();
            }
        }

        return new StoredRecords(payloads, repeated, damaged);
    }

    /// <summary>The number of records that are not those of an undisturbed run, bit by bit.</summary>
    public int DifferentFrom(StoredRecords undisturbed) => Payloads.Count(
        p => !undisturbed.Payloads.TryGetValue(p.Key, out byte[]? expected) || !p.Value.AsSpan().SequenceEqual(expected));
}
