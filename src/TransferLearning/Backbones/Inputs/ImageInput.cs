using TransferLearning.Runtime;
using TransferLearning.Runtime.Evaluation;
using TransferLearning.Runtime.Graphs;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Backbones.Inputs;

/// <summary>The input of a network that takes the image, as the file declares it, and the order of its axes. Immutable.</summary>
/// <param name="Declared">Name, element type and shape. 16-bit floating-point types count as float32.</param>
/// <param name="Layout">The order of the axes.</param>
internal sealed record ImageInput(ValueInfo Declared, ImageLayout Layout)
{
    private const int Channels = 3;
    private const int TriedSize = 224;

    /// <summary>Whether the input takes whole numbers, which can only be pixel values 0..255.</summary>
    public bool IsInteger => Declared.Type is ElementType.UInt8 or ElementType.Int32 or ElementType.Int64;

    /// <summary>The height in pixels; -1 where the network leaves it open.</summary>
    public int Height => Declared.Shape[Layout == ImageLayout.ChannelsFirst ? 2 : 1];

    /// <summary>The width in pixels; -1 where the network leaves it open.</summary>
    public int Width => Declared.Shape[Layout == ImageLayout.ChannelsFirst ? 3 : 2];

    /// <summary>The declared shape for one image, with 224 pixels where the network leaves the size open.</summary>
    public Shape SampleShape
    {
        get
        {
            int height = Height > 0 ? Height : TriedSize, width = Width > 0 ? Width : TriedSize;
            return Layout == ImageLayout.ChannelsFirst ? new Shape(1, Channels, height, width) : new Shape(1, height, width, Channels);
        }
    }

    /// <summary>Finds the image input: the one with that name, else the only one that can take images.</summary>
    /// <exception cref="InvalidNetworkException">There is none, or more than one.</exception>
    public static ImageInput Find(Graph graph, string? name)
    {
        if (name is not null && graph.Inputs.All(i => i.Name != name))
        {
            throw new InvalidNetworkException(graph.Inputs is [{ } only]
                ? $"its input is '{only.Name}', not '{name}'"
                : $"it has no input '{name}': its inputs are {Names(graph)}");
        }

        ValueInfo[] images = [.. graph.Inputs.Where(i => (name is null || i.Name == name) && TakesImages(i))];
        if (images is [{ } image] && image.Shape.Dimensions.ContainsAnyExceptInRange(-1, ushort.MaxValue))
        {
            throw new InvalidNetworkException(
                $"its input '{image.Name}' has the shape {image.Shape}: images of at most {ushort.MaxValue} pixels per side are supported");
        }

        return images is [{ } input]
            ? new ImageInput(input, LayoutOf(graph, input))
            : throw new InvalidNetworkException(
                $"it has the inputs {Names(graph)}: expected one for images, [N,3,H,W] or [N,H,W,3], of floating-point numbers or uint8");
    }

    private static bool TakesImages(ValueInfo input) =>
        input is { Type: ElementType.Float32 or ElementType.UInt8 or ElementType.Int32 or ElementType.Int64, Shape.Rank: 4 }
        && (HasChannels(input, 1) || HasChannels(input, 3));

    private static bool HasChannels(ValueInfo input, int axis) => input.Shape[axis] is -1 or Channels;

    private static ImageLayout LayoutOf(Graph graph, ValueInfo input)
    {
        bool first = input.Shape[1] == Channels, last = input.Shape[3] == Channels;
        if (first == last)
        {
            (first, last) = (HasChannels(input, 1), HasChannels(input, 3));
        }

        return first != last
            ? first ? ImageLayout.ChannelsFirst : ImageLayout.ChannelsLast
            : Fit(graph, input, ImageLayout.ChannelsLast) > Fit(graph, input, ImageLayout.ChannelsFirst)
                ? ImageLayout.ChannelsLast
                : ImageLayout.ChannelsFirst;
    }

    /// <summary>How many values have a shape if the input has this layout: convolutions take only images of their channels.</summary>
    private static int Fit(Graph graph, ValueInfo input, ImageLayout layout)
    {
        Shape shape = new ImageInput(input, layout).SampleShape;
        return ShapeInference.InferKnown(graph.WithInputShapes(new Dictionary<string, Shape> { [input.Name] = shape })).Count;
    }

    private static string Names(Graph graph) => string.Join(", ", graph.Inputs.Select(i => $"{i.Name} {i.Type}{i.Shape}"));
}
