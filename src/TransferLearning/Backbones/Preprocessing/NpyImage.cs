using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>Reads a mean image from NumPy's file format (.npy).</summary>
internal static partial class NpyImage
{
    private const int Channels = 3;

    /// <summary>Reads [3, H, W], [1, 3, H, W] or [H, W, 3] of float32, float64 or uint8.</summary>
    /// <returns>[3, H, W], the channels in the file's order.</returns>
    /// <exception cref="InvalidNetworkException">The file is none of these, or has another size.</exception>
    public static float[] Read(string path, int width, int height)
    {
        const int MaxHeader = 1 << 16;
        if (new FileInfo(path).Length > MaxHeader + ((long)Channels * width * height * sizeof(double)))
        {
            throw Malformed(path, $"it is longer than an image of {width} x {height} pixels, the input's size");
        }

        byte[] file = File.ReadAllBytes(path);
        int data = DataStart(file) ?? throw Malformed(path, "it does not begin as a .npy file does");
        string header = Encoding.Latin1.GetString(file, 0, data);
        string type = TypePattern().Match(header) is { Success: true } t ? t.Groups[1].Value : "";
        if (FortranPattern().IsMatch(header))
        {
            throw Malformed(path, "its order is Fortran's: save it with numpy.ascontiguousarray");
        }

        int[] shape =
        [
            .. ShapePattern().Match(header).Groups[1].Value
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size : -1),
        ];
        int plane = width * height;
        bool isPlanar = shape.SequenceEqual([Channels, height, width]) || shape.SequenceEqual([1, Channels, height, width]);
        if (!isPlanar && !shape.SequenceEqual([height, width, Channels]))
        {
            throw Malformed(
                path,
                $"its shape is [{string.Join(", ", shape)}]: expected [3, {height}, {width}] or [{height}, {width}, 3], the input's size");
        }

        (int size, Func<byte[], int, double> value) = type switch
        {
            "<f4" => (sizeof(float), static (bytes, at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at))),
            "<f8" => (sizeof(double), static (bytes, at) => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at))),
            "|u1" => (sizeof(byte), (Func<byte[], int, double>)(static (bytes, at) => bytes[at])),
            _ => throw Malformed(path, $"its type is '{type}': expected float32, float64 or uint8 (<f4, <f8 or |u1)"),
        };
        if (file.Length != data + ((long)Channels * plane * size))
        {
            throw Malformed(path, $"it has {file.Length - data} bytes of data: expected {(long)Channels * plane * size}");
        }

        float[] means = new float[Channels * plane];
        for (int i = 0; i < means.Length; i++)
        {
            int at = isPlanar ? i : (i % plane * Channels) + (i / plane);
            means[i] = (float)value(file, data + (at * size));
            if (!float.IsFinite(means[i]))
            {
                throw Malformed(path, "it has a value that is not finite");
            }
        }

        return means;
    }

    /// <summary>The position after the header; null where there is no header.</summary>
    private static int? DataStart(byte[] file)
    {
        const int Prefix = 10, LongPrefix = 12;
        if (file.Length < LongPrefix || file[0] != 0x93 || !file.AsSpan(1).StartsWith("NUMPY"u8))
        {
            return null;
        }

        long end = file[6] == 1
            ? Prefix + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8))
            : LongPrefix + (long)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8));
        return end <= file.Length ? (int)end : null;
    }

    private static InvalidNetworkException Malformed(string path, string reason) =>
        new($"the mean image '{path}' cannot be used: {reason}");

    [GeneratedRegex("'descr':\\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex("'fortran_order':\\s*True")]
    private static partial Regex FortranPattern();

    [GeneratedRegex("'shape':\\s*\\(([0-9 ,]*)\\)")]
    private static partial Regex ShapePattern();
}
