namespace TransferLearning.Data;

/// <summary>The part of a data set that an image belongs to, as its folders or manifest say.</summary>
public enum DatasetSubset
{
    /// <summary>Not stated.</summary>
    Unspecified,

    /// <summary>For training: a folder <c>train</c>, or <c>train</c> in a manifest's column <c>split</c>; other spellings too.</summary>
    Train,

    /// <summary>For validation: <c>val</c>, <c>validation</c>, <c>dev</c>, <c>holdout</c> and others.</summary>
    Validation,

    /// <summary>For the final evaluation: <c>test</c>, <c>testing</c> and others. Its images may have no labels.</summary>
    Test,
}
