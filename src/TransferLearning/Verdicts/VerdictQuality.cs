namespace TransferLearning.Verdicts;

/// <summary>
/// How good a classifier is, against always answering the most frequent class: by the share of that answer's mistakes that it avoids.
/// </summary>
public enum VerdictQuality
{
    /// <summary>Not shown to be better than always answering the most frequent class, whose accuracy is within the interval or above.
    /// </summary>
    NoBetterThanGuessing,

    /// <summary>Avoids less than half of those mistakes.</summary>
    Weak,

    /// <summary>Avoids at least half of them.</summary>
    Fair,

    /// <summary>Avoids at least three quarters of them.</summary>
    Good,

    /// <summary>Avoids at least nine of ten.</summary>
    VeryGood,
}
