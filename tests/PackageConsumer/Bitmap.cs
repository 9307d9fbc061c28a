using System.Buffers.Binary;

namespace PackageConsumer;

/// <summary>Uncompressed bitmaps of 32 x 32 pixels.</summary>
internal static class Bitmap
{
    private const int Size = 32;
    private const int HeaderSize = 54;

    /// <summary>An image of about one brightness, with a little noise that depends on the seed.</summary>
    public static byte[] Create(int brightness, int seed)
    {
        var random = new Random(seed);
        var file = new byte[HeaderSize + (Size * Size * 3)];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), HeaderSize);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), Size);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), Size);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        for (int i = HeaderSize; i < file.Length; i++)
        {
            file[i] = (byte)(brightness + random.Next(30));
        }

        return file;
    }
}
