namespace TransferLearning.Imaging.Decoding.Bmp;

/// <summary>Expands run-length coded indices. Pixels that the data skips keep the index 0.</summary>
internal static class BmpRunLength
{
    /// <summary>The indices, [Height, Width], rows in the order of the file.</summary>
    public static byte[] Expand(ReadOnlySpan<byte> data, BmpHeader header)
    {
        byte[] indices = new byte[header.Width * header.Height];
        int position = header.PixelOffset;
        (int x, int y) = (0, 0);
        bool small = header.Compression == BmpCompression.RunLength4;
        while (true)
        {
            BmpHeader.Require(data, position + 2L, "a run of pixels");
            (byte count, byte value) = (data[position], data[position + 1]);
            position += 2;
            if (count > 0)
            {
                for (int i = 0; i < count; i++)
                {
                    Put(indices, header, x++, y, small ? Nibble(value, i) : value, position);
                }
            }
            else if (value == 0)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == 1)
            {
                return indices;
            }
            else if (value == 2)
            {
                BmpHeader.Require(data, position + 2L, "a step");
                (x, y) = (x + data[position], y + data[position + 1]);
                position += 2;
            }
            else
            {
                int bytes = small ? (value + 1) / 2 : value;
                BmpHeader.Require(data, position + (long)bytes, "a row of pixels");
                for (int i = 0; i < value; i++)
                {
                    Put(indices, header, x++, y, small ? Nibble(data[position + (i / 2)], i) : data[position + i], position);
                }

                // Padded to an even number of bytes.
                position += bytes + (bytes & 1);
            }
        }
    }

    private static byte Nibble(byte pair, int i) => (byte)((i & 1) == 0 ? pair >> 4 : pair & 15);

    private static void Put(byte[] indices, BmpHeader header, int x, int y, byte value, int position)
    {
        // Some encoders end a row of odd width with a whole byte, that is, two pixels.
        if (x >= header.Width && y < header.Height)
        {
            return;
        }

        if (y >= header.Height)
        {
            throw new InvalidImageException(
                $"BMP: there are more than {header.Height} rows of pixels at byte {position}; the file is damaged");
        }

        indices[(y * header.Width) + x] = value;
    }
}
