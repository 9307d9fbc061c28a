namespace TransferLearning.Data;

/// <summary>The part of a data set that an image belongs to, as its folders or manifest say.</summary>
public enum DatasetSubset
{
    /// <summary>Not stated.</summary>
    Unspecified,

    /// <summary>For training: a folder <c>train</c>, or <c>train</c> in a manifest's column <c>split</c>.</summary>
    Train,

    /// <summary>For validation: <c>val</c>, <c>valid</c> or <c>validation</c>.</summary>
    Validation,

    /// <summary>For the final evaluation: <c>test</c>.</summary>
    Test,
}
