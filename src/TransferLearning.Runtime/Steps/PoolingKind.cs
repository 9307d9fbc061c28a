namespace TransferLearning.Runtime.Steps;

/// <summary>The ways in which pooling combines the values of a window.</summary>
internal enum PoolingKind
{
    Maximum,

    /// <summary>The mean of the values within the map.</summary>
    Average,

    /// <summary>The sum of the values within the map over the taps within the map and its padding (ONNX's count_include_pad).</summary>
    AverageWithPadding,
}
