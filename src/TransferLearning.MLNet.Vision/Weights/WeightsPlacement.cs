using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.Runtime.Files;

namespace TransferLearning.MLNet.Vision.Weights;

/// <summary>
/// Copies a network's file to where the trainer looks for it, so that it downloads nothing: the folder <c>MLNET</c> in the MLContext's
/// temporary folder. The path of a copy contains the hash of its content, so one copy serves all fits.
/// </summary>
internal static class WeightsPlacement
{
    private const string TrainersFolder = "MLNET";

    /// <summary>Copies the file where necessary, and returns the temporary folder to give to the MLContext.</summary>
    /// <param name="source">The network's file.</param>
    /// <param name="file">The network, with the trainer's name for its file.</param>
    /// <param name="store">The folder of copies.</param>
    /// <exception cref="TransferLearningException">The copy cannot be written.</exception>
    public static string Place(string source, NetworkFile file, string store)
    {
        try
        {
            string sha256 = FileHash.Of(source);
            string root = Path.Combine(store, sha256[..16]);
            string placed = Path.Combine(root, TrainersFolder, file.Name);
            if (!File.Exists(placed) || FileHash.Of(placed) != sha256)
            {
                Copy(source, placed);
            }

            return root;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException(
                $"the network '{source}' cannot be copied to '{store}', where ML.NET's trainer looks for it: {e.Message}", e);
        }
    }

    private static void Copy(string source, string placed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(placed)!);
        using FileStream content = File.OpenRead(source);
        WholeFile.Write(placed, content.CopyTo);
    }
}
