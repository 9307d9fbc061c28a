using TransferLearning.Runtime.Compilation.Channels;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Operators;
using TransferLearning.Runtime.Operators.Convolution;
using TransferLearning.Runtime.Steps;
using TransferLearning.Runtime.Steps.Reference;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Compilation;

/// <content>The values that steps compute and read.</content>
internal sealed partial class GraphLowering
{
    /// <summary>A value's layout: [1, C, H, W] is a map; any other shape is a vector of its elements in their order.</summary>
    private FeatureMapLayout LayoutOf(Shape shape)
    {
        (int height, int width, int channels) = IsMap(shape) ? (shape[2], shape[3], shape[1]) : (1, 1, shape.Length);
        return new FeatureMapLayout(height, width, channels, _kernels.PixelStride(channels));
    }

    /// <summary>Whether a value is a feature map of one image.</summary>
    private static bool IsMap(Shape shape) => shape.Rank == 4 && shape[0] == 1;

    /// <summary>Whether a map has a single pixel, so that its elements are in the same order as those of a vector.</summary>
    private static bool IsPixel(Shape map) => map[2] == 1 && map[3] == 1;

    /// <summary>Whether a value is a vector of one image.</summary>
    private static bool IsVector(Shape shape) => shape.Rank == 2 && shape[0] == 1;

    private TensorType TypeOf(string name) =>
        _types.TryGetValue(name, out TensorType? type) ? type : throw new InvalidNetworkException($"the shape of '{name}' is not known");

    private Shape ShapeOf(string name) => TypeOf(name).Shape;

    /// <summary>A node with the types of its inputs and the values of the constant ones.</summary>
    private OperatorCall CallOf(Node node) => new(
        node, _graph.OpsetVersion, [.. node.Inputs.Select(i => i.Length == 0 ? null : new Operand(TypeOf(i), Constant(i)))]);

    /// <summary>Adds a value that a step will compute.</summary>
    private Value Define(string name) => Define(name, LayoutOf(TypeOf(name)));

    private Value Define(string name, FeatureMapLayout layout)
    {
        var value = new Value(_valueCount++, name, layout);
        _values.Add(name, value);
        return value;
    }

    /// <summary>The layout of a value that a step computes: values of other types than float32 are never maps.</summary>
    private FeatureMapLayout LayoutOf(TensorType type)
    {
        if (type.Element == ElementType.Float32)
        {
            return LayoutOf(type.Shape);
        }

        int floats = RowMajorValues.FloatsFor(type);
        return new FeatureMapLayout(1, 1, floats, _kernels.PixelStride(floats));
    }

    /// <summary>
    /// Defines the image. Dense convolutions read its channels without padding; other steps need them padded to whole vectors.
    /// </summary>
    private Value DefineInput(string name)
    {
        FeatureMapLayout layout = LayoutOf(ShapeOf(name));
        return Define(name, IsReadUnpadded(name) ? layout with { PixelStride = layout.Channels } : layout);
    }

    /// <summary>Whether only dense convolutions read a value, directly or after a mean image was subtracted from it.</summary>
    private bool IsReadUnpadded(string name) => _consumers.Of(name).All(n =>
        (n.OperatorName == "Conv" && ConvOperator.GroupsOf(n) == 1)
        || (n.OperatorName == "Sub" && n.Inputs[0] == name && Constant(n.Inputs[1]) is { } mean && mean.Shape.Equals(ShapeOf(name))
            && !IsPixel(mean.Shape) && IsReadUnpadded(n.Output)));

    /// <summary>A value that an earlier step computes. Selected channels are copied first: see <see cref="SelectionOf"/>.</summary>
    private Value Computed(string name) =>
        _values.TryGetValue(name, out Value? value) ? value
            : _selections.TryGetValue(name, out ChannelSelection? selection) ? Copied(name, selection)
            : IsComputed(name) ? Canonical(name)
            : throw new InvalidNetworkException($"the value '{name}' is read before it is computed");

    private bool IsComputed(string name) =>
        _values.ContainsKey(name) || _selections.ContainsKey(name) || _tokens.ContainsKey(name) || _views.ContainsKey(name);

    /// <summary>The value of a constant; null for a name that is none.</summary>
    private Tensor? Constant(string? name) => name is not null && _graph.Initializers.TryGetValue(name, out Tensor? tensor) ? tensor : null;

    /// <summary>Gives a value a second name.</summary>
    private void Alias(string name, Value value) => _values.Add(name, value);
}
