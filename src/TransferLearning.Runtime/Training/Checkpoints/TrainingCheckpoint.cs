using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TransferLearning.Runtime.Files;
using TransferLearning.Runtime.Tensors;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;
using TransferLearning.Runtime.Training.Parameters;

namespace TransferLearning.Runtime.Training.Checkpoints;

/// <summary>
/// A file with all that a training needs to go on as if it had not stopped: parameters, running statistics, the optimizer's state and the
/// number of its steps. Arrays are in the order of the graph, so that another processor can go on. Little-endian: "TLTRAIN1", SHA-256 of
/// what is trained (32 bytes), steps (8), floats, CRC-32C of all before (4).
/// </summary>
internal static unsafe class TrainingCheckpoint
{
    private const int IdentityAt = 8;
    private const int StepsAt = IdentityAt + SHA256.HashSizeInBytes;
    private const int FloatsAt = StepsAt + sizeof(long);

    private static ReadOnlySpan<byte> Magic => "TLTRAIN1"u8;

    /// <summary>Writes the file, completely or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="network">The network.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="training">What is trained and how, in words that two trainings share only if one can go on with the other's
    /// file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TrainableNetwork network, Optimizer optimizer, string training)
    {
        var bytes = new MemoryStream();
        bytes.Write(Magic);
        bytes.Write(IdentityOf(network, optimizer, training));
        Span<byte> steps = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(steps, optimizer.Steps);
        bytes.Write(steps);
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            Write(parameter.ToTensor().Floats);
            foreach (AlignedMemory state in optimizer.State)
            {
                Write(parameter.ToTensor(state.Pointer + parameter.Offset).Floats);
            }
        }

        foreach (float[] statistics in network.Statistics)
        {
            Write(statistics);
        }

        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32C.Append(0, bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        bytes.Write(checksum);
        WholeFile.Write(path, stream => bytes.WriteTo(stream));

        void Write(ReadOnlySpan<float> values) => bytes.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Sets a network and its optimizer to what a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network, made from the same graph.</param>
    /// <param name="optimizer">Its optimizer, of the same kind.</param>
    /// <param name="training">As when the file was written.</param>
    /// <returns>The number of steps after which the training goes on.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or is of another training.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static long Read(string path, TrainableNetwork network, Optimizer optimizer, string training)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int end = bytes.Length - sizeof(uint);
        if (end < FloatsAt || !bytes.AsSpan(0, IdentityAt).SequenceEqual(Magic)
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

        ReadOnlySpan<float> floats = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(FloatsAt, end - FloatsAt));
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            parameter.Load(Take(ref floats, parameter.Count), parameter.Values);
            foreach (AlignedMemory state in optimizer.State)
            {
                parameter.Load(Take(ref floats, parameter.Count), state.Pointer + parameter.Offset);
            }
        }

        foreach (float[] statistics in network.Statistics)
        {
            Take(ref floats, statistics.Length).CopyTo(statistics);
        }

        long steps = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(StepsAt));
        optimizer.Resume(steps);
        return steps;
    }

    private static ReadOnlySpan<float> Take(ref ReadOnlySpan<float> floats, int count)
    {
        ReadOnlySpan<float> taken = floats[..count];
        floats = floats[count..];
        return taken;
    }

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
