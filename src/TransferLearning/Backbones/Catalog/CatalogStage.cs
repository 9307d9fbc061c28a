namespace TransferLearning.Backbones;

/// <summary>What a fetch of a network does at the moment.</summary>
public enum CatalogStage
{
    /// <summary>Another process fetches the same network; this one waits for it.</summary>
    Waiting,

    /// <summary>Bytes are downloaded or copied.</summary>
    Fetching,

    /// <summary>The SHA-256 of the file is computed.</summary>
    Verifying,
}
