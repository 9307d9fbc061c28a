namespace TransferLearning.Data.Copies;

/// <summary>How much the name of a file says about its being a copy.</summary>
internal enum CopyNameEvidence
{
    /// <summary>
    /// A number in parentheses, as that of <c>x (1)</c>. Downloads of different pictures are named so too: pixels decide.
    /// </summary>
    Number,

    /// <summary>A word such as that of <c>x_crop</c>: a copy where <c>x</c> is there.</summary>
    Change,

    /// <summary>A word such as that of <c>x_aug0</c>: a copy where <c>x</c> or another copy of it is there.</summary>
    Copy,
}
