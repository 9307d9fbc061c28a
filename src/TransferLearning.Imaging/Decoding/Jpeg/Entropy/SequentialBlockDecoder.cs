using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TransferLearning.Imaging.Decoding.Jpeg.Headers;
using TransferLearning.Imaging.Decoding.Jpeg.Pixels;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>Decodes a whole block of a baseline or extended sequential scan (T.81, F.2) directly to samples.</summary>
internal ref struct SequentialBlockDecoder : IBlockDecoder
{
    private readonly Span<int> _block;

    /// <summary>Creates the decoder.</summary>
    /// <param name="block">Memory for 64 values.</param>
    public SequentialBlockDecoder(Span<int> block) => _block = block;

    /// <inheritdoc />
    public readonly void Decode(ref EntropyReader reader, JpegComponent component, HuffmanTable? dc, HuffmanTable? ac, int row, int column)
    {
        _block.Clear();
        int last = DecodeCoefficients(ref reader, component, dc!, ac!);
        ref byte samples = ref component.Samples[(row * 8 * component.Stride) + (column * 8)];
        if (last == 0)
        {
            InverseDct.Fill(_block[0], ref samples, component.Stride);
        }
        else
        {
            InverseDct.Transform(ref MemoryMarshal.GetReference(_block), ref samples, component.Stride);
        }
    }

    /// <inheritdoc />
    public readonly void Restart()
    {
    }

    /// <summary>Decodes the coefficients of a block, dequantized, into memory that is cleared.</summary>
    /// <returns>The zigzag index of the last coefficient that is not 0.</returns>
    public readonly int DecodeCoefficients(ref EntropyReader reader, JpegComponent component, HuffmanTable dc, HuffmanTable ac)
    {
        // The reader's state is copied to locals, which stay in registers.
        ref byte start = ref reader.Start;
        ref int block = ref MemoryMarshal.GetReference(_block);
        ref byte zigzag = ref MemoryMarshal.GetReference(ZigZag.ToNatural);
        ref ushort quantization = ref MemoryMarshal.GetArrayDataReference(component.Quantization!);
        ref int lookup = ref MemoryMarshal.GetArrayDataReference(dc.Lookup);
        (ulong bits, int count, int position) = (reader.Bits, reader.Count, reader.Position);

        EntropyReader.Refill(ref start, ref bits, ref count, ref position);
        int entry = Unsafe.Add(ref lookup, (int)(bits >> (64 - HuffmanTable.LookupBits)));
        int difference = entry >> 16;
        if (difference == 0)
        {
            entry = (entry & 0xFF) == 0 ? dc.Find(bits) : entry & 0xFFFF;
            int size = entry >> 8;
            if ((uint)size > 15)
            {
                throw reader.NoSuchCode();
            }

            bits <<= entry & 0xFF;
            count -= entry & 0xFF;
            if (size > 0)
            {
                difference = Magnitude.Extend((int)(bits >> (64 - size)), size);
                bits <<= size;
                count -= size;
            }
        }
        else
        {
            bits <<= entry & 0xFF;
            count -= entry & 0xFF;
        }

        component.DcPrediction = (short)(component.DcPrediction + difference);
        block = component.DcPrediction * quantization;

        lookup = ref MemoryMarshal.GetArrayDataReference(ac.Lookup);
        int last = 0;
        int k = 1;
        while (k < 64)
        {
            if (count < 32)
            {
                EntropyReader.Refill(ref start, ref bits, ref count, ref position);
            }

            entry = Unsafe.Add(ref lookup, (int)(bits >> (64 - HuffmanTable.LookupBits)));
            int value = entry >> 16;
            if (value == 0)
            {
                entry = (entry & 0xFF) == 0 ? ac.Find(bits) : entry & 0xFFFF;
                if (entry < 0)
                {
                    throw reader.NoSuchCode();
                }

                bits <<= entry & 0xFF;
                count -= entry & 0xFF;
                int size = (entry >> 8) & 15;
                if (size == 0)
                {
                    if (entry >> 12 != 15)
                    {
                        break;
                    }

                    k += 16;
                    continue;
                }

                value = Magnitude.Extend((int)(bits >> (64 - size)), size);
                bits <<= size;
                count -= size;
                k += entry >> 12;
            }
            else
            {
                bits <<= entry & 0xFF;
                count -= entry & 0xFF;
                k += (entry >> 8) & 0xFF;
            }

            last = k;
            Unsafe.Add(ref block, Unsafe.Add(ref zigzag, k)) = value * Unsafe.Add(ref quantization, k & 63);
            k++;
        }

        if (last > 63)
        {
            throw reader.Damaged("a block has more than 64 coefficients");
        }

        (reader.Bits, reader.Count, reader.Position) = (bits, count, position);
        return last;
    }
}
