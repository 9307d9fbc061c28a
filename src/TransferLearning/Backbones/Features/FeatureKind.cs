namespace TransferLearning.Backbones.Features;

/// <summary>What a value of a network is, as far as features go.</summary>
internal enum FeatureKind
{
    /// <summary>One vector per image.</summary>
    Vector,

    /// <summary>The input of the classifier, one vector per image.</summary>
    ClassifierInput,

    /// <summary>The classifier's output.</summary>
    Logits,

    /// <summary>A feature map [N, C, H, W], whose mean over height and width is taken.</summary>
    Map,

    /// <summary>The tokens of a vision transformer [N, tokens, D], of which the class token or the mean is taken.</summary>
    Tokens,
}
