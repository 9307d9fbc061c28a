using System.Buffers.Binary;

namespace TransferLearning.OutOfDistribution;

/// <summary>Floating-point values in a detector's bytes, little-endian. Reading advances the span.</summary>
internal static class FloatValues
{
    public static void WriteHalves(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            writer.Write((Half)value);
        }
    }

    public static void WriteSingles(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            writer.Write(value);
        }
    }

    public static float[] ReadHalves(ref ReadOnlySpan<byte> content, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(content[(2 * i)..]);
        }

        content = content[(2 * count)..];
        return values;
    }

    public static float[] ReadSingles(ref ReadOnlySpan<byte> content, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(content[(4 * i)..]);
        }

        content = content[(4 * count)..];
        return values;
    }
}
