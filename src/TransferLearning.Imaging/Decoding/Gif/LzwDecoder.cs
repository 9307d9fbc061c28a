namespace TransferLearning.Imaging.Decoding.Gif;

/// <summary>Decodes GIF's variant of LZW (Welch, 1984): codes of up to 12 bits, a clear code, an end code.</summary>
internal static class LzwDecoder
{
    private const int MaxCodes = 4096;

    /// <summary>Fills the indices of a frame.</summary>
    /// <param name="reader">The codes.</param>
    /// <param name="minimumSize">Bits per index, 2..8 (some encoders write 1).</param>
    /// <param name="indices">Receives the indices; filled completely.</param>
    public static void Decode(GifBitReader reader, int minimumSize, Span<byte> indices)
    {
        // The string of a code is the string of another code (its prefix) and one more index.
        Span<short> prefix = stackalloc short[MaxCodes];
        Span<byte> suffix = stackalloc byte[MaxCodes];
        Span<short> length = stackalloc short[MaxCodes];
        int clear = 1 << minimumSize;
        for (int i = 0; i < clear; i++)
        {
            (prefix[i], suffix[i], length[i]) = (-1, (byte)i, 1);
        }

        int next = clear + 2;
        int size = minimumSize + 1;
        int previous = -1;
        for (int done = 0; done < indices.Length;)
        {
            int code = reader.Read(size);
            if (code == clear)
            {
                (next, size, previous) = (clear + 2, minimumSize + 1, -1);
                continue;
            }

            if (code == clear + 1 || code > next || (code == next && previous < 0) || (code >= clear && previous < 0))
            {
                throw Invalid(code, done, indices.Length);
            }

            if (previous >= 0 && next < MaxCodes)
            {
                // The new string ends with the first index of the current one, which may be the new string itself.
                (prefix[next], length[next]) = ((short)previous, (short)(length[previous] + 1));
                suffix[next] = FirstOf(code == next ? previous : code, prefix, suffix);
                next++;
                if (next == 1 << size && size < 12)
                {
                    size++;
                }
            }
            else if (code == next)
            {
                throw Invalid(code, done, indices.Length);
            }

            done += Write(code, indices[done..], prefix, suffix, length);
            previous = code;
        }
    }

    private static InvalidImageException Invalid(int code, int done, int pixels) =>
        new($"GIF: the code {code} is invalid after {done} of {pixels} pixels; the file is damaged");

    private static byte FirstOf(int code, ReadOnlySpan<short> prefix, ReadOnlySpan<byte> suffix)
    {
        while (prefix[code] >= 0)
        {
            code = prefix[code];
        }

        return suffix[code];
    }

    // Writes the string of a code, from its end, and cuts it at the end of the frame.
    private static int Write(
        int code, Span<byte> target, ReadOnlySpan<short> prefix, ReadOnlySpan<byte> suffix, ReadOnlySpan<short> length)
    {
        int count = length[code];
        for (int i = count - 1; i >= 0; i--, code = prefix[code])
        {
            if (i < target.Length)
            {
                target[i] = suffix[code];
            }
        }

        return Math.Min(count, target.Length);
    }
}
