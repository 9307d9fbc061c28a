using System.Runtime.InteropServices;
using System.Text;

namespace TransferLearning.Cli.Files;

/// <summary>Writes float32 matrices as NumPy's .npy, version 1.0 (NumPy Enhancement Proposal 1).</summary>
internal static class NpyWriter
{
    private const int Alignment = 64;

    /// <summary>Writes a matrix [rows, columns], row-major.</summary>
    public static void Write(Stream stream, int rows, int columns, ReadOnlySpan<float> values)
    {
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"{rows} rows of {columns} need {(long)rows * columns} values, not {values.Length}", nameof(values));
        }

        string order = BitConverter.IsLittleEndian ? "<f4" : ">f4";
        string dictionary = $"{{'descr': '{order}', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        // Magic (6), version (2), header length (2), the dictionary padded with spaces, and a line feed end on a multiple of 64.
        int length = dictionary.Length + 1;
        int padding = (Alignment - ((10 + length) % Alignment)) % Alignment;
        byte[] header = Encoding.ASCII.GetBytes(dictionary + new string(' ', padding) + '\n');
        stream.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(header);
        stream.Write(MemoryMarshal.AsBytes(values));
    }
}
