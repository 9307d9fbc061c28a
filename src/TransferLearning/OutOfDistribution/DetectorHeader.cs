using System.Buffers.Binary;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// The first bytes of a detector, little-endian: features, rank, classes, prototypes per class (int32); threshold, weight of the length
/// outside the basis, weights of the relative distance, of the whitened and of the plain prototypes, mean sum of the features' magnitudes
/// (float32); false-reject rate (float64). From version 3, these follow: weights of the distances to classes and to prototypes, precision
/// outside the basis, mean and standard deviation of the distance to the nearest class, and of that outside the basis (float32).
/// </summary>
internal sealed record DetectorHeader(
    int Features,
    int Rank,
    int Classes,
    int PerClass,
    float RestWeight,
    float RestPrecision,
    float FeatureSum,
    DetectorScale Scale,
    DistanceSpread? Spread)
{
    private const int EarlierLength = 48;
    private const int Added = 7;

    private const int MaxFeatures = 1 << 16;
    private const int MaxRank = 1 << 10;
    private const int MaxClasses = 1 << 20;
    private const int MaxPerClass = 1 << 10;

    /// <summary>The number of values of all prototypes.</summary>
    public long Prototypes => (long)Classes * PerClass * Rank;

    /// <summary>The number of bytes of a header of a version.</summary>
    public static int LengthOf(int version) => version < 3 ? EarlierLength : EarlierLength + (Added * sizeof(float));

    public static DetectorHeader Of(OutOfDistributionDetector detector)
    {
        RelativeMahalanobis distance = detector.Distance;
        return new DetectorHeader(
            distance.FeatureSize,
            distance.Rank,
            distance.Classes,
            detector.Prototypes.PerClass,
            distance.RestWeight,
            distance.RestPrecision,
            detector.FeatureSum,
            detector.Scale,
            detector.Spread);
    }

    public void Write(BinaryWriter writer, int version)
    {
        writer.Write(Features);
        writer.Write(Rank);
        writer.Write(Classes);
        writer.Write(PerClass);
        writer.Write(Scale.Threshold);
        writer.Write(RestWeight);
        writer.Write(Scale.Relative);
        writer.Write(Scale.Whitened);
        writer.Write(Scale.Plain);
        writer.Write(FeatureSum);
        writer.Write(Scale.FalseRejectRate);
        if (version >= 3)
        {
            writer.Write(Scale.ClassDistance);
            writer.Write(Scale.PrototypeDistance);
            writer.Write(RestPrecision);
            writer.Write(Spread!.NearestMean);
            writer.Write(Spread.NearestDeviation);
            writer.Write(Spread.RestMean);
            writer.Write(Spread.RestDeviation);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Write"/> writes.</exception>
    public static DetectorHeader Read(ReadOnlySpan<byte> content, int version)
    {
        if (content.Length < LengthOf(version))
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
            throw Damaged($"{features} features, rank {rank}, {classes} classes and {perClass} prototypes per class are out of range");
        }

        ReadOnlySpan<byte> values = content[16..];
        float[] singles = FloatValues.ReadSingles(ref values, 6);
        double falseRejectRate = BinaryPrimitives.ReadDoubleLittleEndian(values);
        values = values[sizeof(double)..];
        float[] added = version < 3 ? new float[Added] : FloatValues.ReadSingles(ref values, Added);
        var scale = new DetectorScale(singles[2], singles[3], singles[4], added[0], added[1], singles[0], falseRejectRate);
        DistanceSpread? spread = version < 3 ? null : new DistanceSpread(added[3], added[4], added[5], added[6]);
        return new DetectorHeader(
            features, rank, classes, perClass, RestWeight: singles[1], RestPrecision: added[2], FeatureSum: singles[5], scale, spread);
    }

    public static InvalidDataException Damaged(string reason) => new($"the out-of-distribution detector is damaged: {reason}");
}
