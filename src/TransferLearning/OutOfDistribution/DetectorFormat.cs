using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// A detector as bytes, in models of version 2 and later, little-endian: the header, the length of the rest (int32), and a zlib stream.
/// The stream holds the mean [features] in half precision and the shares of the classes [classes] in float32; then the basis [rank,
/// features], the prototypes [classes, prototypes, rank], the lower triangle within [rank, rank] and the class means [classes, rank],
/// each as one scale per column (float32) and whole numbers (int8; the triangle row by row up to the diagonal).
/// </summary>
internal static class DetectorFormat
{
    // Deflate expands no further: a damaged header must not allocate memory for data that cannot follow.
    private const long MaxInflation = 1032;

    // Huffman codes only: there are no repetitions to search for, and every version of zlib writes the same bytes.
    private static readonly ZLibCompressionOptions Compression = new() { CompressionStrategy = ZLibCompressionStrategy.HuffmanOnly };

    /// <param name="detector">A detector with shares of the classes.</param>
    /// <param name="version">The version of the model file, at least 2.</param>
    public static byte[] Write(OutOfDistributionDetector detector, int version)
    {
        byte[] values = Deflate(detector);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        DetectorHeader.Of(detector).Write(writer, version);
        writer.Write(values.Length);
        writer.Write(values);
        writer.Flush();
        return stream.ToArray();
    }

    /// <param name="content">All bytes.</param>
    /// <param name="version">The version of the model file, at least 2.</param>
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Write"/> writes.</exception>
    public static OutOfDistributionDetector Read(ReadOnlySpan<byte> content, int version)
    {
        var header = DetectorHeader.Read(content, version);
        int features = header.Features, rank = header.Rank, classes = header.Classes;
        long singles = classes + features + (3L * rank);
        long numbers = ((long)rank * features) + header.Prototypes + ((long)rank * (rank + 1) / 2) + ((long)classes * rank);
        ReadOnlySpan<byte> values = Inflate(Deflated(content, version), (2L * features) + (4 * singles) + numbers);
        float[] mean = FloatValues.ReadHalves(ref values, features), shares = FloatValues.ReadSingles(ref values, classes);
        float[] basis = ReadMatrix(ref values, rank * features, features);
        var prototypes = new ClassPrototypes(ReadMatrix(ref values, (int)header.Prototypes, rank), header.PerClass, rank);
        float[] within = ReadTriangle(ref values, rank), classMeans = ReadMatrix(ref values, classes * rank, rank);
        try
        {
            float[] total = TotalWhitening.Factor(within, classMeans, shares, features);
            var distance = new RelativeMahalanobis(
                mean, basis, within, total, classMeans, shares, header.RestWeight, header.RestPrecision);
            return new OutOfDistributionDetector(distance, prototypes, header.FeatureSum, header.Scale, header.Spread);
        }
        catch (ArithmeticException e)
        {
            throw DetectorHeader.Damaged(e.Message);
        }
    }

    private static byte[] Deflate(OutOfDistributionDetector detector)
    {
        RelativeMahalanobis distance = detector.Distance;
        int rank = distance.Rank;
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(new ZLibStream(stream, Compression)))
        {
            FloatValues.WriteHalves(writer, distance.Mean);
            FloatValues.WriteSingles(writer, distance.Shares);
            WriteMatrix(writer, distance.Basis, distance.FeatureSize, RelativeMahalanobis.Levels);
            WriteMatrix(writer, detector.Prototypes.Values, rank, ClassPrototypes.Levels);
            WriteTriangle(writer, distance.Within, rank);
            WriteMatrix(writer, distance.ClassMeans, rank, RelativeMahalanobis.Levels);
        }

        return stream.ToArray();
    }

    /// <summary>The zlib stream. Its length is checked here, as a zlib reader does not notice missing bytes at the end.</summary>
    private static ReadOnlySpan<byte> Deflated(ReadOnlySpan<byte> content, int version)
    {
        int header = DetectorHeader.LengthOf(version), start = header + sizeof(int);
        if (content.Length < start)
        {
            throw DetectorHeader.Damaged($"{content.Length} bytes are too few");
        }

        int expected = BinaryPrimitives.ReadInt32LittleEndian(content[header..]), found = content.Length - start;
        return found == expected
            ? content[start..]
            : throw DetectorHeader.Damaged($"expected {expected} bytes after its header, found {found}");
    }

    private static byte[] Inflate(ReadOnlySpan<byte> content, long expected)
    {
        if (expected > Math.Min(MaxInflation * content.Length, Array.MaxLength))
        {
            throw DetectorHeader.Damaged($"{content.Length} bytes cannot hold {expected}");
        }

        byte[] values = new byte[expected];
        using var stream = new ZLibStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        int read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        return read == values.Length && stream.ReadByte() < 0
            ? values
            : throw DetectorHeader.Damaged($"expected {expected} bytes in it, found {(read < expected ? read : "more")}");
    }

    private static void WriteMatrix(BinaryWriter writer, ReadOnlySpan<float> matrix, int columns, int levels)
    {
        (float[] scales, sbyte[] numbers) = QuantizedColumns.Quantize(matrix, columns, levels);
        FloatValues.WriteSingles(writer, scales);
        writer.Write(MemoryMarshal.AsBytes<sbyte>(numbers));
    }

    private static void WriteTriangle(BinaryWriter writer, ReadOnlySpan<float> matrix, int rank)
    {
        (float[] scales, sbyte[] numbers) = QuantizedColumns.Quantize(matrix, rank, RelativeMahalanobis.Levels);
        FloatValues.WriteSingles(writer, scales);
        for (int r = 0; r < rank; r++)
        {
            writer.Write(MemoryMarshal.AsBytes(numbers.AsSpan(r * rank, r + 1)));
        }
    }

    private static float[] ReadMatrix(ref ReadOnlySpan<byte> content, int count, int columns)
    {
        float[] scales = FloatValues.ReadSingles(ref content, columns);
        float[] matrix = QuantizedColumns.Restore(scales, MemoryMarshal.Cast<byte, sbyte>(content[..count]));
        content = content[count..];
        return matrix;
    }

    private static float[] ReadTriangle(ref ReadOnlySpan<byte> content, int rank)
    {
        float[] scales = FloatValues.ReadSingles(ref content, rank);
        sbyte[] numbers = new sbyte[rank * rank];
        for (int r = 0; r < rank; r++)
        {
            MemoryMarshal.Cast<byte, sbyte>(content[..(r + 1)]).CopyTo(numbers.AsSpan(r * rank));
            content = content[(r + 1)..];
        }

        return QuantizedColumns.Restore(scales, numbers);
    }
}
