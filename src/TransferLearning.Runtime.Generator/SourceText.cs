using System.Text;

namespace TransferLearning.Runtime.Generator;

/// <summary>Generated C#, written line by line, with indented blocks.</summary>
internal sealed class SourceText
{
    private readonly StringBuilder _text = new StringBuilder();
    private int _depth;

    public void Line(string line = "") => _text.Append(' ', line.Length == 0 ? 0 : 4 * _depth).Append(line).Append('\n');

    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    public override string ToString() => _text.ToString();
}
