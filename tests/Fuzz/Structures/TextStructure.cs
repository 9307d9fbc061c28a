using System.Text;

namespace TransferLearning.Fuzz.Structures;

/// <summary>Text with rows and cells: tokens that matter to its reader are put in, and rows are moved.</summary>
internal sealed class TextStructure : IStructure
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            ",", "\t", ";", "\"", "\"\"", "\n", "\r\n", "\r", "\0", " ", "path", "label", "group", "split", "train", "val", "a/1.png",
            "../1.png",
            "/", "\\", "C:\\", "file:///", "{", "}", "[", "]", "[[[[[[[[", "null", "1e999", ":", "\"label\":", "\\u0000", "\\ud800", "é",
            "\u0301",
            "\uFEFF", "a/\0.png", "*", "?", "|", "0", "1", "-1", "1.0", "CON", "nul.png", ".", "..", "...", "~",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xFE, 0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8],
    ];

    public byte[] Change(byte[] input, Random random)
    {
        if (random.Next(4) == 0)
        {
            byte[][] rows = [.. SplitRows(input)];
            random.Shuffle(rows);
            return [.. rows.Skip(random.Next(2)).SelectMany(r => r)];
        }

        byte[] token = Tokens[random.Next(Tokens.Length)];
        int at = random.Next(input.Length + 1);
        int end = Math.Min(input.Length, at + (random.Next(2) * random.Next(8)));
        return [.. input.AsSpan(0, at), .. token, .. input.AsSpan(end)];
    }

    public void Repair(Span<byte> input)
    {
        // There is nothing to repair.
    }

    private static List<byte[]> SplitRows(byte[] input)
    {
        List<byte[]> rows = [];
        for (int start = 0; start < input.Length;)
        {
            int length = input.AsSpan(start).IndexOf((byte)'\n') + 1;
            length = length == 0 ? input.Length - start : length;
            rows.Add(input[start..(start + length)]);
            start += length;
        }

        return rows;
    }
}
