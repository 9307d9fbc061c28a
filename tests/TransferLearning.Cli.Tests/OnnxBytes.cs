using System.Text;

namespace TransferLearning.Cli.Tests;

/// <summary>A tiny ONNX file, written field by field: Protocol Buffers' wire format is a tag, a length and the bytes.</summary>
internal static class OnnxBytes
{
    private const int Float32 = 1;

    /// <summary>A network of an image input, one node with the operator, and its output as features.</summary>
    public static byte[] WithOperator(string operatorName, string nodeName) => WithOperators((operatorName, nodeName));

    /// <summary>A network of an image input and nodes in succession, the output of the last as features.</summary>
    public static byte[] WithOperators(params (string Operator, string Name)[] nodes)
    {
        string ValueName(int i) => i == 0 ? "input" : i == nodes.Length ? "features" : $"value{i}";
        byte[] all =
        [
            .. nodes.SelectMany((node, i) => Field(
                1, [.. Text(1, ValueName(i)), .. Text(2, ValueName(i + 1)), .. Text(3, node.Name), .. Text(4, node.Operator)])),
        ];
        byte[] inputs = Field(11, Value("input", 1, 3, 32, 32));
        byte[] outputs = Field(12, Value("features", 1, 8));
        byte[] graph = [.. all, .. Text(2, "graph"), .. inputs, .. outputs];
        byte[] operatorSet = [.. Text(1, ""), .. Number(2, 13)];
        return [.. Number(1, 8), .. Field(7, graph), .. Field(8, operatorSet)];
    }

    private static byte[] Value(string name, params int[] shape)
    {
        byte[] dimensions = [.. shape.SelectMany(d => Field(1, Number(1, d)))];
        byte[] tensor = [.. Number(1, Float32), .. Field(2, dimensions)];
        return [.. Text(1, name), .. Field(2, Field(1, tensor))];
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
