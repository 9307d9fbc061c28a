namespace TransferLearning.Data.Images;

/// <summary>The names of the subsets in folders and manifests.</summary>
internal static class DatasetSubsetNames
{
    /// <summary>The subset with this name, in any letter case; null if there is none.</summary>
    public static DatasetSubset? Parse(string name) => name.ToLowerInvariant() switch
    {
        "train" or "training" => DatasetSubset.Train,
        "val" or "valid" or "validation" => DatasetSubset.Validation,
        "test" or "testing" => DatasetSubset.Test,
        _ => null,
    };
}
