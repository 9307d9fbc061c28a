using TransferLearning.Runtime;

namespace TransferLearning.Backbones.Preprocessing;

/// <summary>
/// Finds the files that say how images become a network's input: in the folder of the network file; where that is called <c>onnx</c>, as in
/// repositories of Hugging Face, also in the folder above. They hold for all network files of the folder.
/// </summary>
internal static class Sidecars
{
    private const string OnnxFolder = "onnx";

    /// <summary>What the file beside a network file says; null where there is none that says anything.</summary>
    /// <exception cref="InvalidNetworkException">A file is malformed; the message names file and field.</exception>
    public static StatedPreprocessing? Read(string networkPath)
    {
        foreach (string folder in Folders(networkPath))
        {
            StatedPreprocessing? stated = Read(folder, HuggingFaceConfig.FileName, HuggingFaceConfig.Read)
                ?? Read(folder, TimmConfig.FileName, TimmConfig.Read);
            if (stated is not null)
            {
                return stated;
            }
        }

        return null;
    }

    private static IEnumerable<string> Folders(string networkPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(networkPath))!;
        yield return folder;
        if (Path.GetFileName(folder) == OnnxFolder && Path.GetDirectoryName(folder) is { } parent)
        {
            yield return parent;
        }
    }

    private static StatedPreprocessing? Read(string folder, string name, Func<SidecarFile, StatedPreprocessing?> read)
    {
        using var file = SidecarFile.Open(Path.Combine(folder, name));
        return file is null ? null : read(file);
    }
}
