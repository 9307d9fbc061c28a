using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones;

/// <summary>
/// Hashes what decides a backbone's features: its nodes, weights and preprocessing. How the file stores them (external data, float16) and
/// what else it holds (a classifier, metadata) does not matter.
/// </summary>
internal static class BackboneFingerprint
{
    /// <summary>Raised when a change makes the same backbone compute other features: cached ones no longer match.</summary>
    private const string Version = "features 1";

    public static string Of(Graph graph, ImagePreprocessing preprocessing)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"{Version}|{Text(preprocessing)}|opset {graph.OpsetVersion}|{graph.Inputs[0].Name}|{graph.Outputs[0].Name}");
        foreach (Node node in graph.Nodes)
        {
            Append(hash, $"{node.OperatorName}|{string.Join(',', node.Inputs)}|{string.Join(',', node.Outputs)}");
            foreach (string name in node.Attributes.Names)
            {
                Append(hash, name);
                AppendValue(hash, node.Attributes[name]);
            }

            if (node.Foreign is { } foreign)
            {
                Append(hash, $"{foreign.Domain}|{graph.Domains.GetValueOrDefault(foreign.Domain)}|{string.Join(',', foreign.Captured)}");
                foreach (ReadOnlyMemory<byte> attribute in foreign.Attributes)
                {
                    hash.AppendData(attribute.Span);
                }
            }
        }

        foreach ((string name, Tensor weights) in graph.Initializers.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            Append(hash, name);
            AppendTensor(hash, weights);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// The form in which earlier versions printed the preprocessing. Settings that came later are in its fingerprint only.
    /// </summary>
    private static string Text(ImagePreprocessing preprocessing)
    {
        PixelNormalization n = preprocessing.Normalization;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"ImagePreprocessing {{ Width = {preprocessing.Width}, Height = {preprocessing.Height}, Resize = {preprocessing.Resize}, "
            + $"CropFraction = {preprocessing.CropFraction}, Normalization = PixelNormalization {{ "
            + $"MeanR = {n.MeanR}, MeanG = {n.MeanG}, MeanB = {n.MeanB}, ScaleR = {n.ScaleR}, ScaleG = {n.ScaleG}, ScaleB = {n.ScaleB} }}, "
            + $"Fingerprint = {preprocessing.Fingerprint} }}");
    }

    private static void AppendValue(IncrementalHash hash, object value)
    {
        if (value is Tensor tensor)
        {
            AppendTensor(hash, tensor);
        }
        else
        {
            Append(hash, value switch
            {
                ImmutableArray<long> integers => string.Join(',', integers),
                ImmutableArray<float> floats => string.Join(',', floats),
                ImmutableArray<string> texts => string.Join(',', texts),
                long or float or string => $"{value}",
                _ => throw new NotSupportedException($"attributes of {value.GetType().Name} have no fingerprint"),
            });
        }
    }

    private static void AppendTensor(IncrementalHash hash, Tensor tensor)
    {
        Append(hash, $"{tensor.Type}|{tensor.Shape}");
        hash.AppendData(tensor.Type switch
        {
            ElementType.Float32 => MemoryMarshal.AsBytes(tensor.Values<float>()),
            ElementType.Float64 => MemoryMarshal.AsBytes(tensor.Values<double>()),
            ElementType.Int64 => MemoryMarshal.AsBytes(tensor.Values<long>()),
            ElementType.Int32 => MemoryMarshal.AsBytes(tensor.Values<int>()),
            ElementType.Boolean => MemoryMarshal.AsBytes(tensor.Values<bool>()),
            ElementType.UInt8 => tensor.Values<byte>(),
            ElementType.Int8 => MemoryMarshal.AsBytes(tensor.Values<sbyte>()),
            _ => throw new NotSupportedException($"tensors of {tensor.Type} have no fingerprint"),
        });
    }

    // The length comes first, so that the end of one text cannot be read as the start of the next.
    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
