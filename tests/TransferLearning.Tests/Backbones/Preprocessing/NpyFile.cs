using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TransferLearning.Tests.Backbones.Preprocessing;

/// <summary>Writes NumPy's file format.</summary>
internal static class NpyFile
{
    public static byte[] Of(float[] values, params int[] shape) => Of("<f4", MemoryMarshal.AsBytes(values.AsSpan()), shape);

    public static byte[] Of(string type, ReadOnlySpan<byte> data, int[] shape, bool isFortran = false)
    {
        string fields = $"'descr': '{type}', 'fortran_order': {isFortran}, 'shape': ({string.Join(", ", shape)}), ";
        string header = $"{{{fields}}}".PadRight(117) + "\n";
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }
}
