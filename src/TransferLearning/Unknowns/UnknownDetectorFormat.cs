using System.Buffers.Binary;

namespace TransferLearning.Unknowns;

/// <summary>
/// A detector as bytes, little-endian: features, rank, classes, prototypes a class (int32), threshold, weight of the rest, weights
/// of the distance, of the whitened and of the plain prototypes, mean sum of features (float32), false-reject rate (float64); then half
/// precision
/// mean [features], basis [rank, features] and prototypes [classes, prototypes, rank]; then float32 lower triangles within and total, row
/// by row up to the diagonal, and class means [classes, rank].
/// </summary>
internal static class UnknownDetectorFormat
{
    private const int HeaderLength = 48;
    private const int MaxFeatures = 1 << 16;
    private const int MaxRank = 1 << 10;
    private const int MaxClasses = 1 << 20;
    private const int MaxPerClass = 1 << 10;

    public static byte[] Write(UnknownDetector detector)
    {
        RelativeMahalanobis distance = detector.Distance;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(distance.FeatureSize);
        writer.Write(distance.Rank);
        writer.Write(distance.Classes);
        writer.Write(detector.Prototypes.PerClass);
        writer.Write(detector.Scale.Threshold);
        writer.Write(distance.RestWeight);
        writer.Write(detector.Scale.Distance);
        writer.Write(detector.Scale.Whitened);
        writer.Write(detector.Scale.Plain);
        writer.Write(detector.FeatureSum);
        writer.Write(detector.FalseRejectRate);
        WriteHalves(writer, distance.Mean);
        WriteHalves(writer, distance.Basis);
        WriteHalves(writer, detector.Prototypes.Values);
        WriteTriangle(writer, distance.Within, distance.Rank);
        WriteTriangle(writer, distance.Total, distance.Rank);
        WriteSingles(writer, distance.ClassMeans);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Write"/> writes.</exception>
    public static UnknownDetector Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < HeaderLength)
        {
            throw Damaged($"{content.Length} bytes are too few");
        }

        int features = BinaryPrimitives.ReadInt32LittleEndian(content);
        int rank = BinaryPrimitives.ReadInt32LittleEndian(content[4..]);
        int classes = BinaryPrimitives.ReadInt32LittleEndian(content[8..]);
        int perClass = BinaryPrimitives.ReadInt32LittleEndian(content[12..]);
        if (features is < 1 or > MaxFeatures || rank < 1 || rank > Math.Min(features, MaxRank)
            || classes is < 1 or > MaxClasses || perClass is < 1 or > MaxPerClass)
        {
            throw Damaged($"{features} features, rank {rank}, {classes} classes and {perClass} prototypes a class cannot be");
        }

        long prototypes = (long)classes * perClass * rank;
        long expected = HeaderLength + 2L * features * (rank + 1) + 2 * prototypes + 4L * rank * (rank + 1) + 4L * classes * rank;
        if (content.Length != expected)
        {
            throw Damaged($"expected {expected} bytes, found {content.Length}");
        }

        float threshold = BinaryPrimitives.ReadSingleLittleEndian(content[16..]);
        float rest = BinaryPrimitives.ReadSingleLittleEndian(content[20..]);
        var scale = new UnknownScale(
            BinaryPrimitives.ReadSingleLittleEndian(content[24..]),
            BinaryPrimitives.ReadSingleLittleEndian(content[28..]),
            BinaryPrimitives.ReadSingleLittleEndian(content[32..]),
            threshold,
            BinaryPrimitives.ReadDoubleLittleEndian(content[40..]));
        float featureSum = BinaryPrimitives.ReadSingleLittleEndian(content[36..]);
        ReadOnlySpan<byte> values = content[HeaderLength..];
        float[] mean = ReadHalves(ref values, features), basis = ReadHalves(ref values, rank * features);
        var typical = new ClassPrototypes(ReadHalves(ref values, (int)prototypes), perClass, rank);
        float[] within = ReadTriangle(ref values, rank), total = ReadTriangle(ref values, rank);
        var distance = new RelativeMahalanobis(mean, basis, within, total, ReadSingles(ref values, classes * rank), rest);
        return new UnknownDetector(distance, typical, featureSum, scale);
    }

    private static void WriteHalves(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            writer.Write((Half)value);
        }
    }

    private static void WriteTriangle(BinaryWriter writer, ReadOnlySpan<float> matrix, int rank)
    {
        for (int r = 0; r < rank; r++)
        {
            WriteSingles(writer, matrix.Slice(r * rank, r + 1));
        }
    }

    private static void WriteSingles(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            writer.Write(value);
        }
    }

    private static float[] ReadHalves(ref ReadOnlySpan<byte> content, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(content[(2 * i)..]);
        }

        content = content[(2 * count)..];
        return values;
    }

    private static float[] ReadSingles(ref ReadOnlySpan<byte> content, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(content[(4 * i)..]);
        }

        content = content[(4 * count)..];
        return values;
    }

    private static float[] ReadTriangle(ref ReadOnlySpan<byte> content, int rank)
    {
        var matrix = new float[rank * rank];
        for (int r = 0; r < rank; r++)
        {
            ReadSingles(ref content, r + 1).CopyTo(matrix, r * rank);
        }

        return matrix;
    }

    private static InvalidDataException Damaged(string reason) => new($"the detector of unknown images is damaged: {reason}");
}
