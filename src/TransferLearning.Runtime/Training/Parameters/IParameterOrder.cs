namespace TransferLearning.Runtime.Training.Parameters;

/// <summary>The order in which kernels use a parameter's values.</summary>
internal unsafe interface IParameterOrder
{
    /// <summary>The floats of the packed values, with their padding.</summary>
    long Length { get; }

    /// <summary>Copies values in the graph's order to zeroed memory.</summary>
    void Pack(ReadOnlySpan<float> values, float* packed);

    /// <summary>Copies packed values to the graph's order.</summary>
    void Unpack(float* packed, Span<float> values);
}
