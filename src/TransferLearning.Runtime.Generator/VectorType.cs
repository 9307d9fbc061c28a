namespace TransferLearning.Runtime.Generator;

/// <summary>The vector operations of one instruction set, as the generated code writes them.</summary>
internal sealed class VectorType
{
    private static readonly VectorType Vector256 =
        new VectorType("Kernels256", 8, "Vector256", "FusedMultiplyAdd", new[] { 0, 12, 6, 4 }, new[] { 7, 4, 2, 1 });

    public static readonly VectorType[] All =
    {
        new VectorType("Kernels512", 16, "Vector512", "FusedMultiplyAdd", new[] { 0, 14, 14, 9 }, new[] { 7, 4, 2, 1 }, Vector256),
        Vector256,
        new VectorType("Kernels128", 4, "Vector128", "MultiplyAddEstimate", new[] { 0, 12, 12, 8 }, new[] { 7, 4, 2, 1 }),
        new VectorType("KernelsScalar", 1, null, null, new[] { 0, 4, 4, 4 }, new[] { 2, 1 }),
    };

    private readonly string? _vector;
    private readonly string? _multiplyAdd;

    private VectorType(
        string className, int lanes, string? vector, string? multiplyAdd, int[] maxPixels, int[] depthwiseOutputs, VectorType? half = null)
    {
        ClassName = className;
        Lanes = lanes;
        _vector = vector;
        _multiplyAdd = multiplyAdd;
        MaxPixels = maxPixels;
        DepthwiseOutputs = depthwiseOutputs;
        Half = half;
    }

    public string ClassName { get; }

    /// <summary>Gets the number of floats in a vector.</summary>
    public int Lanes { get; }

    /// <summary>Gets the maximum number of pixels of a tile, by its width in vectors.</summary>
    public int[] MaxPixels { get; }

    /// <summary>Gets the numbers of neighboring outputs that depthwise kernels compute together, in descending order.</summary>
    public int[] DepthwiseOutputs { get; }

    /// <summary>
    /// Gets the numbers of neighboring outputs that kernels of grouped convolutions compute together, in descending order.
    /// </summary>
    public int[] GroupedOutputs => Lanes > 1 ? new[] { 8, 7, 4, 2, 1 } : new[] { 2, 1 };

    /// <summary>Gets the type with half as many lanes that tiles may end with; null where tiles are of whole vectors only.</summary>
    public VectorType? Half { get; }

    /// <summary>
    /// Gets a value indicating whether all processors with these vectors have the prefetch instruction of .NET's Sse class.
    /// </summary>
    public bool CanFetch => Lanes > 4;

    public string TypeName => _vector is null ? "float" : _vector + "<float>";

    public string Load(string address) => _vector is null ? $"*({address})" : $"{_vector}.Load({address})";

    public string Store(string value, string address) => _vector is null ? $"*({address}) = {value};" : $"{value}.Store({address});";

    public string Zero => _vector is null ? "0f" : $"{_vector}<float>.Zero";

    public string Broadcast(string scalar) => _vector is null ? scalar : $"{_vector}.Create({scalar})";

    public string MultiplyAdd(string a, string b, string c) =>
        _vector is null ? $"({a} * {b}) + {c}" : $"{_vector}.{_multiplyAdd}({a}, {b}, {c})";

    public string Clamp(string value, string low, string high) =>
        _vector is null
            ? $"MathF.Min(MathF.Max({value}, {low}), {high})"
            : $"{_vector}.MinNative({_vector}.MaxNative({value}, {low}), {high})";
}
