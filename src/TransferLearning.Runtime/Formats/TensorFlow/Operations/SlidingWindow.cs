using System.Collections.Immutable;

namespace TransferLearning.Runtime.Formats.TensorFlow.Operations;

/// <summary>Converts the attributes for the window of a convolution or pooling node to those of ONNX.</summary>
internal static class SlidingWindow
{
    /// <summary>
    /// The attributes strides, dilations, and auto_pad or pads. TensorFlow's padding SAME puts an odd element at the end, as ONNX's
    /// SAME_UPPER.
    /// </summary>
    public static List<(string Name, object Value)> Attributes(OperationCall call)
    {
        List<(string, object)> attributes = [("strides", Spatial(call, "strides"))];
        if (call.Node.Integers("dilations") is { Length: > 0 })
        {
            attributes.Add(("dilations", Spatial(call, "dilations")));
        }

        attributes.Add(call.Node.Text("padding", "") switch
        {
            "SAME" => ("auto_pad", "SAME_UPPER"),
            "VALID" => ("auto_pad", "VALID"),
            "EXPLICIT" => ("pads", Pads(call)),
            var padding => throw call.Error($"its padding '{padding}' is not one of SAME, VALID and EXPLICIT"),
        });
        return attributes;
    }

    /// <summary>The entries for height and width of an attribute with one entry per axis; those for batch and channels must be 1.</summary>
    public static ImmutableArray<long> Spatial(OperationCall call, string name)
    {
        ImmutableArray<long> all = call.Node.Integers(name) ?? throw call.Error($"it has no attribute '{name}'");
        int first = call.IsDeclaredChannelsFirst ? 2 : 1;
        return all.Length == 4 && all.Where((_, axis) => axis < first || axis > first + 1).All(v => v == 1)
            ? [all[first], all[first + 1]]
            : throw call.Error($"its attribute '{name}', [{string.Join(',', all)}], is not one of a window over height and width");
    }

    private static ImmutableArray<long> Pads(OperationCall call)
    {
        ImmutableArray<long> all = call.Node.Integers("explicit_paddings") ?? [];
        int first = call.IsDeclaredChannelsFirst ? 4 : 2;
        return all.Length == 8
            ? [all[first], all[first + 2], all[first + 1], all[first + 3]]
            : throw call.Error($"its explicit_paddings have {all.Length} values, not 8");
    }
}
