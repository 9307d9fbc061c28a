namespace TransferLearning.Verdicts.Commands;

/// <summary>Words as a command line that can be typed.</summary>
internal static class ShellWords
{
    private const string PlainCharacters = "-_./:=,+@%";

    /// <summary>Joins words. Those that a shell would change are quoted.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word)
    {
        bool isPlain = word.Length > 0
            && word.All(c => char.IsLetterOrDigit(c) || PlainCharacters.Contains(c) || (c == '\\' && OperatingSystem.IsWindows()));
        return isPlain ? word
            : OperatingSystem.IsWindows() ? $"\"{word}\""
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
