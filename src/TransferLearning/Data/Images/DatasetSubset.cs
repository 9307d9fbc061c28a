namespace TransferLearning.Data;

/// <summary>The part of a data set that an image was put into by whoever made the set.</summary>
public enum DatasetSubset
{
    /// <summary>The data set does not say.</summary>
    Unspecified,

    /// <summary>For training: a folder <c>train</c>, or <c>train</c> in a manifest's column <c>split</c>.</summary>
    Train,

    /// <summary>For validation: <c>val</c>, <c>valid</c> or <c>validation</c>.</summary>
    Validation,

    /// <summary>For the final judgment: <c>test</c>.</summary>
    Test,
}
