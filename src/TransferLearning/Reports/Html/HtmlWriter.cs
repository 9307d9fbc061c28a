namespace TransferLearning.Reports.Html;

/// <summary>
/// Writes HTML (and SVG within it) element by element. Every text and attribute value is escaped, so that no file name and no label can
/// become markup. Not thread-safe.
/// </summary>
internal sealed class HtmlWriter(TextWriter output)
{
    private readonly Stack<string> _open = new();

    /// <summary>Starts an element, which <see cref="Close"/> ends.</summary>
    public HtmlWriter Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        _open.Push(tag);
        return this;
    }

    /// <summary>Ends the element that was started last.</summary>
    public HtmlWriter Close()
    {
        output.Write($"</{_open.Pop()}>");
        return this;
    }

    /// <summary>An element with nothing but text in it.</summary>
    public HtmlWriter Element(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        Escape(text);
        output.Write($"</{tag}>");
        return this;
    }

    /// <summary>An element that has no content and no end tag in HTML, such as <c>img</c>.</summary>
    public HtmlWriter Void(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        return this;
    }

    public HtmlWriter Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Writes the document type or our own style sheet, unescaped. Never a text from outside.</summary>
    public HtmlWriter Raw(string markup)
    {
        output.Write(markup);
        return this;
    }

    public HtmlWriter Line()
    {
        output.Write('\n');
        return this;
    }

    private void Start(string tag, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        output.Write($"<{tag}");
        foreach ((string name, string value) in attributes)
        {
            output.Write($" {name}=\"");
            Escape(value);
            output.Write('"');
        }

        output.Write('>');
    }

    private void Escape(string text)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '&':
                    output.Write("&amp;");
                    break;
                case '<':
                    output.Write("&lt;");
                    break;
                case '>':
                    output.Write("&gt;");
                    break;
                case '"':
                    output.Write("&quot;");
                    break;
                case '\'':
                    output.Write("&#39;");
                    break;
                case < ' ' and not ('\t' or '\n'):
                    // Allowed in file names, but not in HTML.
                    output.Write('\uFFFD');
                    break;
                default:
                    output.Write(c);
                    break;
            }
        }
    }
}
