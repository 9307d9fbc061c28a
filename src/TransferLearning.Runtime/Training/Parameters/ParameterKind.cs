namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>What a parameter does; optimizers decay weights only.</summary>
internal enum ParameterKind
{
    /// <summary>The weights of a convolution or matrix product.</summary>
    Weights,

    /// <summary>What is added to a channel.</summary>
    Bias,

    /// <summary>The scale or the shift of a batch normalization, which is frozen where its statistics are.</summary>
    BatchNormalization,

    /// <summary>The scale or the shift of a layer normalization.</summary>
    LayerNormalization,
}
