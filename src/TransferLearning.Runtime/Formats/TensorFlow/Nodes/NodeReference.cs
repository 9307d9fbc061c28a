using System.Globalization;

namespace TransferLearning.Runtime.Formats.TensorFlow.Nodes;

/// <summary>
/// An input of a node: <c>name</c> or <c>name:1</c> is an output of another node, <c>^name</c> (a control input) a node that only has to
/// run before.
/// </summary>
internal readonly record struct NodeReference(string Name, int Port, bool IsControl)
{
    public static NodeReference Parse(string text)
    {
        if (text.StartsWith('^'))
        {
            return new NodeReference(text[1..], 0, true);
        }

        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? new NodeReference(text[..colon], port, false)
            : new NodeReference(text, 0, false);
    }

    public override string ToString() => IsControl ? $"^{Name}" : Port == 0 ? Name : $"{Name}:{Port}";
}
