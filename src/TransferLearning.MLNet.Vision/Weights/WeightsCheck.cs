using TransferLearning.Backbones;
using TransferLearning.MLNet.Vision.Networks;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Formats.TensorFlow;

namespace TransferLearning.MLNet.Vision.Weights;

/// <summary>Checks that a file is the expected network, because the trainer does not.</summary>
internal static class WeightsCheck
{
    /// <summary>The problem of the file; null where it is the network and has the hash.</summary>
    public static string? Problem(MLNetWeights weights, NetworkFile file)
    {
        if (!File.Exists(weights.Path))
        {
            return weights.IsStored
                ? $"the network {file.Network} is not at '{weights.Path}': download it once with MLNetWeights.DownloadAsync, "
                    + $"or give your own copy of {file.Name} with MLNetWeights.FromFile"
                : $"the network file '{weights.Path}' does not exist: check the path";
        }

        try
        {
            if (weights.Sha256 is { } expected && FileHash.Of(weights.Path) is var actual && actual != expected)
            {
                return $"the network file '{weights.Path}' has the SHA-256 {actual}, not {expected}: it is damaged or another file; "
                    + "delete it and get it again";
            }

            return Problem(TensorFlowNetwork.Read(weights.Path), file);
        }
        catch (InvalidNetworkException e)
        {
            return $"the network file cannot be used: {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the network file '{weights.Path}' cannot be read: {e.Message}";
        }
    }

    /// <summary>Finds out which network a file is.</summary>
    /// <exception cref="TransferLearningException">The file cannot be read, or is not one of ML.NET's networks.</exception>
    public static MLNetNetwork Recognize(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var found = TensorFlowArchitecture.Of(TensorFlowNetwork.Read(path));
            return NetworkFile.All.FirstOrDefault(f => f.Architecture == found)?.Network ?? throw new TransferLearningException(
                $"the network file '{path}' is not one of ML.NET's networks: "
                + $"expected {string.Join(", ", NetworkFile.All.Select(f => f.Name))}");
        }
        catch (InvalidNetworkException e)
        {
            throw new TransferLearningException($"the network file cannot be used: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the network file '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static string? Problem(TensorFlowNetwork network, NetworkFile file)
    {
        var found = TensorFlowArchitecture.Of(network);
        return found == file.Architecture ? null
            : $"the network file '{network.FileName}' is "
                + (found is null ? "not one of ML.NET's networks" : $"{NetworkFile.All.Single(f => f.Architecture == found).Network}")
                + $", not {file.Network}: {file.Name} has the nodes '{file.Architecture.Input}' and '{file.Architecture.Bottleneck}'";
    }
}
