using System.Collections.Frozen;

namespace TransferLearning.Data.Listings;

/// <summary>
/// The one list of files and folders that are no part of a data set: those that operating systems, network drives and tools write, and all
/// that are hidden by a dot.
/// </summary>
internal static class SystemFileNames
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "__MACOSX", "Icon\r", // macOS
        "Thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "$RECYCLE.BIN", "RECYCLER", "System Volume Information", // Windows
        "@eaDir", "#recycle", "#snapshot", "@tmp", // Synology
        "@Recycle", "@Recently-Snapshot", ".@__thumb", // QNAP
        "lost+found", // ext4
        "__pycache__", "node_modules", "ZbThumbnail.info", "Picasa.ini", "pspbrwse.jbf",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file or folder of this name is ignored. A folder is ignored with everything in it.</summary>
    public static bool Contains(string name) => name.StartsWith('.') || Names.Contains(name);
}
