namespace TransferLearning.Data.Images;

/// <summary>What folders and manifests call the subsets.</summary>
internal static class DatasetSubsetNames
{
    /// <summary>The subset with a name, or null where the name is none of a subset.</summary>
    public static DatasetSubset? Parse(string name) => name.ToLowerInvariant() switch
    {
        "train" or "training" => DatasetSubset.Train,
        "val" or "valid" or "validation" => DatasetSubset.Validation,
        "test" or "testing" => DatasetSubset.Test,
        _ => null,
    };
}
