namespace TransferLearning.Data.Listings;

/// <summary>Brings the names of archive entries, which programs write in several ways, into one form.</summary>
internal static class ArchiveEntryName
{
    /// <summary>
    /// The path of an entry in the archive, separated by '/', without <c>.</c>, empty parts, a leading '/' and a drive; null where
    /// <c>..</c> leads out of the archive, or the name has a NUL character, which no path has. Backslashes separate, as archives from
    /// Windows have them.
    /// </summary>
    public static string? Normalize(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (string part in name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != "." && !(parts.Count == 0 && IsDrive(part)))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The finding for an entry without a usable name.</summary>
    public static DatasetFinding Refuse(string archive, string name) => new(
        $"{archive}|{name.Replace('\0', '\uFFFD')}",
        $"its name leads out of the archive '{archive}', or has a NUL character: rename the entry, or unpack the archive and give the "
        + "folder")
    {
        Kind = DatasetFindingKind.UnsafeName,
    };

    private static bool IsDrive(string part) => part.Length == 2 && part[1] == ':' && char.IsAsciiLetter(part[0]);
}
