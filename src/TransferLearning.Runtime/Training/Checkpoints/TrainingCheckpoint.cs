using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TransferLearning.Runtime.Files;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Checkpoints;

/// <summary>
/// A file with a <see cref="TrainingState"/>. Arrays are in the order of the graph, so that another processor can go on. Little-endian:
/// "TLTRAIN1", SHA-256 of what is trained (32 bytes), steps (8), number of further snapshots (4), length of the notes (4), notes (UTF-8,
/// padded with zeros to a multiple of 4), floats, CRC-32C of all before (4).
/// </summary>
internal static class TrainingCheckpoint
{
    private const int IdentityAt = 8;
    private const int StepsAt = IdentityAt + SHA256.HashSizeInBytes;
    private const int FurtherAt = StepsAt + sizeof(long);
    private const int NotesLengthAt = FurtherAt + sizeof(int);
    private const int NotesAt = NotesLengthAt + sizeof(int);

    private static ReadOnlySpan<byte> Magic => "TLTRAIN1"u8;

    /// <summary>Writes the file, completely or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="training">What is trained and how, in words that two trainings share only if one can go on with the other's
    /// file.</param>
    /// <param name="further">Further weights of the network.</param>
    /// <param name="notes">What the caller needs beside it.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to write it.</exception>
    public static void Write(
        string path,
        TrainableNetwork network,
        Optimizer optimizer,
        string training,
        IReadOnlyList<NetworkSnapshot> further,
        string notes)
    {
        byte[] text = Encoding.UTF8.GetBytes(notes);
        byte[] header = new byte[NotesAt + Padded(text.Length)];
        Magic.CopyTo(header);
        IdentityOf(network, optimizer, training).CopyTo(header, IdentityAt);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(StepsAt), optimizer.Steps);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(FurtherAt), further.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(NotesLengthAt), text.Length);
        text.CopyTo(header, NotesAt);

        IEnumerable<float[]> arrays =
            [.. NetworkSnapshot.Of(network).Values, .. optimizer.CopyState(), .. further.SelectMany(f => f.Values)];
        WholeFile.Write(path, stream =>
        {
            uint checksum = Crc32C.Append(0, header);
            stream.Write(header);
            foreach (float[] array in arrays)
            {
                ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(array.AsSpan());
                checksum = Crc32C.Append(checksum, bytes);
                stream.Write(bytes);
            }

            Span<byte> end = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(end, checksum);
            stream.Write(end);
        });
    }

    /// <summary>Sets a network and its optimizer to what a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network, made from the same graph.</param>
    /// <param name="optimizer">Its optimizer, of the same kind.</param>
    /// <param name="training">As when the file was written.</param>
    /// <returns>The state that the network and the optimizer now have, with what was stored beside it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or is of another training.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static TrainingState Read(string path, TrainableNetwork network, Optimizer optimizer, string training)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int end = bytes.Length - sizeof(uint);
        if (end < NotesAt || !bytes.AsSpan(0, IdentityAt).SequenceEqual(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end)) != Crc32C.Append(0, bytes.AsSpan(0, end)))
        {
            throw new InvalidDataException($"the checkpoint '{path}' is damaged, or is none: remove it to begin anew");
        }

        if (!bytes.AsSpan(IdentityAt, SHA256.HashSizeInBytes).SequenceEqual(IdentityOf(network, optimizer, training)))
        {
            throw new InvalidDataException(
                $"the checkpoint '{path}' is of another training (other data, network or options): remove it, or repeat what was given "
                + "before");
        }

        // The checksum and the identity are right: the lengths are those of this network.
        int notes = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(NotesLengthAt));
        int position = NotesAt + Padded(notes);
        var state = new TrainingState
        {
            Steps = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(StepsAt)),
            Network = NetworkSnapshot.Read(network, Take),
            Optimizer = [.. network.Parameters.Parameters.SelectMany(p => optimizer.State.Select(_ => Take(p.Count)))],
            Further =
            [
                .. Enumerable.Range(0, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(FurtherAt)))
                    .Select(_ => NetworkSnapshot.Read(network, Take)),
            ],
            Notes = Encoding.UTF8.GetString(bytes, NotesAt, notes),
        };
        state.Network.Restore(network);
        optimizer.Resume(state.Steps, state.Optimizer);
        return state;

        float[] Take(int count)
        {
            float[] taken = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(position, count * sizeof(float))).ToArray();
            position += count * sizeof(float);
            return taken;
        }
    }

    private static int Padded(int length) => (length + sizeof(float) - 1) / sizeof(float) * sizeof(float);

    private static byte[] IdentityOf(TrainableNetwork network, Optimizer optimizer, string training)
    {
        var text = new StringBuilder($"{training}\n{optimizer.State.Count}");
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            text.Append('\n').Append(parameter.Name).Append(' ').Append(parameter.Count);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
