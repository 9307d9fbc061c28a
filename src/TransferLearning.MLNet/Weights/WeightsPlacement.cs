using TransferLearning.MLNet.Networks;

namespace TransferLearning.MLNet.Weights;

/// <summary>
/// Puts a copy of a network's file where the trainer looks for it, so that it downloads nothing: in <c>MLNET/</c> of the MLContext's folder
/// for temporary files. Copies are named by content, so that one serves all fits and none is written twice.
/// </summary>
internal static class WeightsPlacement
{
    private const string TrainersFolder = "MLNET";

    /// <summary>The folder to give to the MLContext.</summary>
    /// <param name="source">The file.</param>
    /// <param name="file">What the trainer calls it.</param>
    /// <param name="store">Where copies are kept.</param>
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
                $"the network '{source}' cannot be put into '{store}', where ML.NET's trainer is to find it: {e.Message}", e);
        }
    }

    private static void Copy(string source, string placed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(placed)!);
        string part = $"{placed}.{Guid.NewGuid():N}.part";
        try
        {
            File.Copy(source, part);
            File.Move(part, placed, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
