namespace TransferLearning.Files;

/// <summary>The folder <c>transferlearning</c> in the user's cache folder: the place of what can be computed or fetched again.</summary>
internal static class UserCacheFolder
{
    /// <summary>
    /// Linux: in <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c>; macOS: in <c>~/Library/Caches</c>; Windows: in <c>%LocalAppData%</c>.
    /// </summary>
    public static string Path => System.IO.Path.Combine(Parent(), "transferlearning");

    private static string Parent()
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
        {
            return System.IO.Path.Combine(home, "Library", "Caches");
        }

        // The XDG base directory specification: a relative path in the variable is ignored.
        string? folder = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return System.IO.Path.IsPathRooted(folder) ? folder : System.IO.Path.Combine(home, ".cache");
    }
}
