namespace TransferLearning.OutOfDistribution;

/// <summary>
/// The detector in models of version 1, which are still read, and written back unchanged: the header, then half precision mean
/// [features], basis [rank, features] and prototypes [classes, prototypes, rank]; then float32 lower triangles within and total, row by row
/// up to the diagonal, and class means [classes, rank].
/// </summary>
internal static class EarlierDetectorFormat
{
    private const int Version = 1;

    /// <summary>The bytes of a detector that <see cref="Read"/> returned, unchanged.</summary>
    public static byte[] Write(OutOfDistributionDetector detector)
    {
        RelativeMahalanobis distance = detector.Distance;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        DetectorHeader.Of(detector).Write(writer, Version);
        FloatValues.WriteHalves(writer, distance.Mean);
        FloatValues.WriteHalves(writer, distance.Basis);
        FloatValues.WriteHalves(writer, detector.Prototypes.Values);
        WriteTriangle(writer, distance.Within, distance.Rank);
        WriteTriangle(writer, distance.Total, distance.Rank);
        FloatValues.WriteSingles(writer, distance.ClassMeans);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not such a detector.</exception>
    public static OutOfDistributionDetector Read(ReadOnlySpan<byte> content)
    {
        var header = DetectorHeader.Read(content, Version);
        int features = header.Features, rank = header.Rank, classes = header.Classes;
        long expected = DetectorHeader.LengthOf(Version)
            + (2L * features * (rank + 1)) + (2 * header.Prototypes) + (4L * rank * (rank + 1)) + (4L * classes * rank);
        if (content.Length != expected)
        {
            throw DetectorHeader.Damaged($"expected {expected} bytes, found {content.Length}");
        }

        ReadOnlySpan<byte> values = content[DetectorHeader.LengthOf(Version)..];
        float[] mean = FloatValues.ReadHalves(ref values, features), basis = FloatValues.ReadHalves(ref values, rank * features);
        var prototypes = new ClassPrototypes(FloatValues.ReadHalves(ref values, (int)header.Prototypes), header.PerClass, rank);
        float[] within = ReadTriangle(ref values, rank), total = ReadTriangle(ref values, rank);
        float[] classMeans = FloatValues.ReadSingles(ref values, classes * rank);
        var distance = new RelativeMahalanobis(mean, basis, within, total, classMeans, shares: [], header.RestWeight, restPrecision: 0);
        return new OutOfDistributionDetector(distance, prototypes, header.FeatureSum, header.Scale, spread: null);
    }

    private static void WriteTriangle(BinaryWriter writer, ReadOnlySpan<float> matrix, int rank)
    {
        for (int r = 0; r < rank; r++)
        {
            FloatValues.WriteSingles(writer, matrix.Slice(r * rank, r + 1));
        }
    }

    private static float[] ReadTriangle(ref ReadOnlySpan<byte> content, int rank)
    {
        float[] matrix = new float[rank * rank];
        for (int r = 0; r < rank; r++)
        {
            FloatValues.ReadSingles(ref content, r + 1).CopyTo(matrix, r * rank);
        }

        return matrix;
    }
}
