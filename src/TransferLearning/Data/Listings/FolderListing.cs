using TransferLearning.Data.Sources;

namespace TransferLearning.Data.Listings;

/// <summary>Lists a folder with everything below it. Links to folders are followed, except to a folder that contains them.</summary>
internal static class FolderListing
{
    public static FileListing List(string folder)
    {
        string current = Directory.GetCurrentDirectory();
        string root = Path.GetFullPath(folder, current);
        var files = new List<ListedFile>();
        var ignored = new List<string>();
        var findings = new List<DatasetFinding>();
        Walk(new DirectoryInfo(root), "", [RealPath(root)], SourceOf, files, ignored, findings);
        return new FileListing(folder, files, ignored, findings);

        FileImageSource SourceOf(string relative) => new(FileListing.DisplayPath(folder, relative), current);
    }

    private static void Walk(
        DirectoryInfo folder,
        string prefix,
        List<string> ancestors,
        Func<string, ImageSource> sourceOf,
        List<ListedFile> files,
        List<string> ignored,
        List<DatasetFinding> findings)
    {
        foreach (FileSystemInfo entry in Entries(folder))
        {
            if (DatasetFileNames.IsIgnored(entry.Name))
            {
                ignored.Add(prefix + entry.Name);
                continue;
            }

            string relative = prefix + entry.Name;
            if (entry is not DirectoryInfo child)
            {
                files.Add(new ListedFile(relative, sourceOf(relative)));
                continue;
            }

            string real = child.LinkTarget is null ? Path.Combine(ancestors[^1], child.Name) : RealPath(child.FullName);
            if (ancestors.Contains(real))
            {
                findings.Add(new DatasetFinding(child.FullName, "links back to a folder that contains it: not followed")
                {
                    Kind = DatasetFindingKind.CircularLink,
                });
                continue;
            }

            ancestors.Add(real);
            Walk(child, relative + "/", ancestors, sourceOf, files, ignored, findings);
            ancestors.RemoveAt(ancestors.Count - 1);
        }
    }

    private static FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return folder.GetFileSystemInfos();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new TransferLearningException(
                $"there is no permission to list the folder '{folder.FullName}': grant it, or move the folder away", e);
        }
    }

    /// <summary>The path with all its links resolved.</summary>
    private static string RealPath(string fullPath)
    {
        string root = Path.GetPathRoot(fullPath)!;
        string real = root;
        foreach (string name in fullPath[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var folder = new DirectoryInfo(Path.Combine(real, name));
            FileSystemInfo? target = folder.LinkTarget is null ? null : folder.ResolveLinkTarget(returnFinalTarget: true);
            real = target is null ? folder.FullName : Path.GetFullPath(target.FullName);
        }

        return real;
    }
}
