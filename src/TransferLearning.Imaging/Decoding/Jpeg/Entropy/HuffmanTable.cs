using TransferLearning.Imaging.Decoding.Jpeg.Headers;

namespace TransferLearning.Imaging.Decoding.Jpeg.Entropy;

/// <summary>
/// A canonical Huffman code (T.81, annex C) with a table that decodes short codes and their magnitude bits in one look-up. Immutable.
/// </summary>
internal sealed class HuffmanTable
{
    /// <summary>The number of bits that index <see cref="Lookup"/>.</summary>
    public const int LookupBits = 10;

    private const int MaxCodeLength = 16;

    // By length: the end of the codes, left-aligned to 16 bits; and what to add to a code to get its index in the values.
    private readonly int[] _endOfLength = new int[MaxCodeLength + 1];
    private readonly int[] _valueOffset = new int[MaxCodeLength + 1];
    private readonly byte[] _values;

    /// <summary>Builds the code.</summary>
    /// <param name="counts">[16]: the number of codes of each length 1..16.</param>
    /// <param name="values">The symbols, by increasing code.</param>
    /// <param name="position">The position of the table in the file, for errors.</param>
    public HuffmanTable(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values, int position)
    {
        _values = values.ToArray();
        int code = 0;
        int index = 0;
        for (int length = 1; length <= MaxCodeLength; length++)
        {
            _valueOffset[length] = index - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, index++)
            {
                if (code >= 1 << length)
                {
                    throw JpegError.Damaged("a Huffman table has more codes than its lengths allow", position);
                }

                if (length <= LookupBits)
                {
                    FillLookup(code, length, values[index]);
                }
            }

            _endOfLength[length] = code << (MaxCodeLength - length);
            code <<= 1;
        }
    }

    /// <summary>
    /// Indexed by the next <see cref="LookupBits"/> bits. If code and magnitude fit in the index: bits 16..31 are the coefficient, which is
    /// not 0, bits 8..15 the run before it, and bits 0..7 the number of bits used. Otherwise bits 16..31 are 0, bits 8..15 the symbol, and
    /// bits 0..7 the length of its code, or 0 for a longer code.
    /// </summary>
    public int[] Lookup { get; } = new int[1 << LookupBits];

    /// <summary>Decodes a code of any length.</summary>
    /// <param name="bits">The next bits, left-aligned; at least 16.</param>
    /// <returns>symbol * 256 + length of the code, or -1 when no code matches.</returns>
    public int Find(ulong bits)
    {
        int next = (int)(bits >> 48);
        for (int length = 1; length <= MaxCodeLength; length++)
        {
            if (next < _endOfLength[length])
            {
                int index = (next >> (MaxCodeLength - length)) + _valueOffset[length];
                return (_values[index] << 8) | length;
            }
        }

        return -1;
    }

    private void FillLookup(int code, int length, byte symbol)
    {
        int free = LookupBits - length;
        int run = symbol >> 4;
        int size = symbol & 15;
        for (int rest = 0; rest < 1 << free; rest++)
        {
            int entry = (symbol << 8) | length;
            if (size > 0 && size <= free)
            {
                int value = Magnitude.Extend(rest >> (free - size), size);
                entry = (value << 16) | (run << 8) | (length + size);
            }

            Lookup[(code << free) | rest] = entry;
        }
    }
}
