using System.Buffers.Binary;

namespace TransferLearning.OutOfDistribution;

/// <summary>
/// The first bytes of a detector, little-endian: features, rank, classes, prototypes per class (int32); threshold, weight of the length
/// outside the basis, weights of the distance, of the whitened and of the plain prototypes, mean sum of the features' magnitudes (float32);
/// false-reject rate (float64).
/// </summary>
internal sealed record DetectorHeader(
    int Features, int Rank, int Classes, int PerClass, float RestWeight, float FeatureSum, DetectorScale Scale)
{
    public const int Length = 48;

    private const int MaxFeatures = 1 << 16;
    private const int MaxRank = 1 << 10;
    private const int MaxClasses = 1 << 20;
    private const int MaxPerClass = 1 << 10;

    /// <summary>The number of values of all prototypes.</summary>
    public long Prototypes => (long)Classes * PerClass * Rank;

    public static DetectorHeader Of(OutOfDistributionDetector detector)
    {
        RelativeMahalanobis distance = detector.Distance;
        return new DetectorHeader(
            distance.FeatureSize,
            distance.Rank,
            distance.Classes,
            detector.Prototypes.PerClass,
            distance.RestWeight,
            detector.FeatureSum,
            detector.Scale);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Features);
        writer.Write(Rank);
        writer.Write(Classes);
        writer.Write(PerClass);
        writer.Write(Scale.Threshold);
        writer.Write(RestWeight);
        writer.Write(Scale.Distance);
        writer.Write(Scale.Whitened);
        writer.Write(Scale.Plain);
        writer.Write(FeatureSum);
        writer.Write(Scale.FalseRejectRate);
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Write"/> writes.</exception>
    public static DetectorHeader Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < Length)
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

        var scale = new DetectorScale(
            BinaryPrimitives.ReadSingleLittleEndian(content[24..]),
            BinaryPrimitives.ReadSingleLittleEndian(content[28..]),
            BinaryPrimitives.ReadSingleLittleEndian(content[32..]),
            BinaryPrimitives.ReadSingleLittleEndian(content[16..]),
            BinaryPrimitives.ReadDoubleLittleEndian(content[40..]));
        float restWeight = BinaryPrimitives.ReadSingleLittleEndian(content[20..]);
        float featureSum = BinaryPrimitives.ReadSingleLittleEndian(content[36..]);
        return new DetectorHeader(features, rank, classes, perClass, restWeight, featureSum, scale);
    }

    public static InvalidDataException Damaged(string reason) => new($"the out-of-distribution detector is damaged: {reason}");
}
