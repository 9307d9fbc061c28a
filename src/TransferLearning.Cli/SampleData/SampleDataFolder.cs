using System.Text.RegularExpressions;
using TransferLearning.Cli.Hosting;

namespace TransferLearning.Cli.SampleData;

/// <summary>
/// The folder that sample data is written into: a new one, an empty one, or one that this command filled before. In the last case, the
/// old images are removed first, and nothing else.
/// </summary>
internal sealed partial class SampleDataFolder
{
    private const string MarkerName = ".sample-data";

    private readonly string _root;

    private SampleDataFolder(string root) => _root = root;

    /// <exception cref="CommandException">The path is a file, or a folder that holds something else.</exception>
    public static SampleDataFolder At(string path)
    {
        string root = Path.GetFullPath(path);
        if (File.Exists(root))
        {
            throw new CommandException($"'{path}' is a file: give the path of a new or empty folder");
        }

        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any() && !File.Exists(Path.Combine(root, MarkerName)))
        {
            throw new CommandException(
                $"the folder '{path}' is not empty and was not made by this command: give the path of a new or empty folder");
        }

        return new SampleDataFolder(root);
    }

    /// <summary>Writes the marker file, removes old images, and creates one folder per class in each part.</summary>
    public void Prepare(SampleDataSettings settings)
    {
        Directory.CreateDirectory(_root);
        RemoveOldImages();
        // The marker comes before the images, so that an interrupted run can be repeated.
        File.WriteAllText(
            Path.Combine(_root, MarkerName), $"Made by transfer sample-data with seed {settings.Seed}; may be overwritten by it.\n");
        foreach (string part in Parts(settings))
        {
            foreach (SampleClass sampleClass in SampleClass.All)
            {
                Directory.CreateDirectory(Path.Combine(_root, part, sampleClass.Label));
            }
        }
    }

    public string PathOf(SampleDataSettings settings, SampleClass sampleClass, int image) =>
        Path.Combine(_root, settings.RelativePathOf(sampleClass, image));

    private static string[] Parts(SampleDataSettings settings) => settings.ValidationImagesPerClass == 0 ? [""] : ["train", "val"];

    private void RemoveOldImages()
    {
        foreach (string part in (string[])["", "train", "val"])
        {
            foreach (SampleClass sampleClass in SampleClass.All)
            {
                string folder = Path.Combine(_root, part, sampleClass.Label);
                if (!Directory.Exists(folder))
                {
                    continue;
                }

                foreach (string file in Directory.GetFiles(folder).Where(f => OwnName().IsMatch(Path.GetFileName(f))))
                {
                    File.Delete(file);
                }

                RemoveIfEmpty(folder);
            }

            if (part.Length > 0)
            {
                RemoveIfEmpty(Path.Combine(_root, part));
            }
        }
    }

    private static void RemoveIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    [GeneratedRegex("^[a-z]+-[0-9]{4,}\\.jpg$")]
    private static partial Regex OwnName();
}
