using System.Buffers;
using System.Text;

namespace TransferLearning.Data.Manifests;

/// <summary>Reads the text of a manifest, and says in which line a file is none.</summary>
internal static class ManifestText
{
    private const string Expected = "expected a manifest with rows path,label, a folder, or an archive";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="path">The manifest, as messages name it.</param>
    /// <param name="content">The file: UTF-8, or UTF-16 with a byte order mark.</param>
    /// <exception cref="TransferLearningException">The bytes are no text.</exception>
    public static string Read(string path, byte[] content)
    {
        try
        {
            // Spreadsheets write UTF-16 with a byte order mark.
            string text = content is [0xFF, 0xFE, ..] && content.Length % 2 == 0 ? new UnicodeEncoding(false, true, true).GetString(content)
                : content is [0xFE, 0xFF, ..] && content.Length % 2 == 0 ? new UnicodeEncoding(true, true, true).GetString(content)
                : Strict.GetString(content);
            int nul = text.IndexOf('\0', StringComparison.Ordinal);
            return nul < 0 ? text.TrimStart('\uFEFF')
                : IsUnmarkedUtf16(content) ? throw new TransferLearningException(WithoutMark(path))
                : throw new TransferLearningException(
                    $"'{path}' has a NUL character in line {1 + text.AsSpan(0, nul).Count('\n')}, which no text file has: remove it, "
                    + $"or check what the file is; {Expected}");
        }
        catch (ArgumentException e)
        {
            throw new TransferLearningException(
                IsUnmarkedUtf16(content)
                    ? WithoutMark(path)
                    : $"'{path}' is not a text file in UTF-8{InvalidLine(content)}: {Expected}",
                e);
        }
    }

    private static string WithoutMark(string path) => $"'{path}' seems to be UTF-16 without a byte order mark: save it as UTF-8";

    // Most characters of manifests are Latin: every other byte is 0.
    private static bool IsUnmarkedUtf16(ReadOnlySpan<byte> content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return false;
        }

        ReadOnlySpan<byte> start = content[..Math.Min(content.Length, 512)];
        int even = 0;
        int odd = 0;
        for (int i = 0; i < start.Length; i++)
        {
            even += i % 2 == 0 && start[i] == 0 ? 1 : 0;
            odd += i % 2 == 1 && start[i] == 0 ? 1 : 0;
        }

        return content.Length % 2 == 0 && start.Length >= 4 && Math.Max(even, odd) * 4 > start.Length;
    }

    private static string InvalidLine(ReadOnlySpan<byte> content)
    {
        for (int at = 0, line = 1; at < content.Length;)
        {
            if (Rune.DecodeFromUtf8(content[at..], out Rune rune, out int length) != OperationStatus.Done)
            {
                return $" (line {line} has bytes that are not UTF-8)";
            }

            line += rune.Value == '\n' ? 1 : 0;
            at += length;
        }

        return "";
    }
}
