using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TransferLearning.Heads;

namespace TransferLearning.MLNet.Vision.Workspaces;

/// <summary>
/// The files in which the trainer keeps bottlenecks between fits. <c>NAME_features.bin</c> has the number of rows and the length of a row,
/// each an int32, then the rows in float32; <c>NAME_labels.bin</c> has the class of each row, from 0, as an int64. All are little-endian.
/// The trainer does not check these files, so they are checked before it starts.
/// </summary>
internal static class BottleneckFiles
{
    private const int HeaderSize = 2 * sizeof(int);

    public static string FeaturesPath(string directory, string name) => Path.Combine(directory, name + "_features.bin");

    public static string LabelsPath(string directory, string name) => Path.Combine(directory, name + "_labels.bin");

    /// <summary>Writes rows in the order given; a row may be written more than once.</summary>
    public static void Write(string directory, string name, LabeledBottlenecks data, ReadOnlySpan<int> rows)
    {
        using FileStream features = File.Create(FeaturesPath(directory, name));
        using FileStream labels = File.Create(LabelsPath(directory, name));
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, rows.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[sizeof(int)..], data.Bottlenecks.FeatureSize);
        features.Write(header);
        Span<byte> label = stackalloc byte[sizeof(long)];
        foreach (int row in rows)
        {
            WriteRow(features, data.Bottlenecks.Row(row));
            BinaryPrimitives.WriteInt64LittleEndian(label, data.Labels[row]);
            labels.Write(label);
        }
    }

    /// <summary>Checks that the files have the expected content.</summary>
    /// <param name="directory">The workspace.</param>
    /// <param name="name">The files' name.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="featureSize">The length of a row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="TransferLearningException">A file is missing, too short, too long, or of other bottlenecks.</exception>
    public static void Check(string directory, string name, int count, int featureSize, int classes)
    {
        CheckFeatures(FeaturesPath(directory, name), count, featureSize);
        CheckLabels(LabelsPath(directory, name), count, classes);
    }

    private static void WriteRow(FileStream features, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            features.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            features.Write(bytes);
        }
    }

    private static void CheckFeatures(string path, int count, int featureSize)
    {
        using FileStream file = Open(path, HeaderSize + ((long)count * featureSize * sizeof(float)));
        Span<byte> header = stackalloc byte[HeaderSize];
        file.ReadExactly(header);
        int rows = BinaryPrimitives.ReadInt32LittleEndian(header);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[sizeof(int)..]);
        if (rows != count || length != featureSize)
        {
            throw new TransferLearningException(
                $"the bottleneck file '{path}' says that it has {rows} rows of {length}, not {count} of {featureSize}: "
                + "something else has written to the workspace");
        }
    }

    private static void CheckLabels(string path, int count, int classes)
    {
        using FileStream file = Open(path, (long)count * sizeof(long));
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        for (int i = 0; i < count; i++)
        {
            file.ReadExactly(bytes);
            long label = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            if (label < 0 || label >= classes)
            {
                throw new TransferLearningException(
                    $"the label file '{path}' has the class {label} in row {i}, which is not in 0..{classes - 1}: "
                    + "something else has written to the workspace");
            }
        }
    }

    private static FileStream Open(string path, long length)
    {
        if (!File.Exists(path))
        {
            throw new TransferLearningException($"the workspace lacks '{path}': something else has deleted it");
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        if (file.Length == length)
        {
            return file;
        }

        using (file)
        {
            throw new TransferLearningException(
                $"'{path}' has {file.Length} bytes, not {length}: something else has written to the workspace, or the disk is full");
        }
    }
}
